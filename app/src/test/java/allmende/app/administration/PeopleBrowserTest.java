package allmende.app.administration;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drives the pages about people in Chromium. Skips visibly where there is none; CHROMIUM names one elsewhere. */
class PeopleBrowserTest {

    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-quic");

    private static PeoplePortal portal;
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new ArrayList<>();
    private final List<BrowserContext> contexts = new ArrayList<>();

    @BeforeAll
    static void start() {
        Optional<Path> chromium = Stream.of(System.getenv("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/google-chrome")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(chromium.isPresent(), "No Chromium was found: the pages are not driven in a browser");
        portal = PeoplePortal.start(null);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.get())
                        .setArgs(ARGUMENTS));
    }

    @AfterAll
    static void stop() {
        if (playwright != null) {
            playwright.close();
        }
        if (portal != null) {
            portal.close();
        }
    }

    @AfterEach
    void closeAndListen() {
        contexts.forEach(BrowserContext::close);
        assertThat(complaints).as("the browser's console").isEmpty();
    }

    private Page visitor(Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options);
        contexts.add(context);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    private static Browser.NewContextOptions speaking(String language) {
        return new Browser.NewContextOptions().setLocale(language).setViewportSize(1280, 900);
    }

    private static void go(Page page, String path) {
        page.navigate(portal.url() + path);
    }

    private static void logIn(Page page, String name) {
        go(page, "/login");
        page.locator("#username").fill(name);
        page.locator("#password").fill(PeoplePortal.PASSWORD);
        page.keyboard().press("Enter");
        assertThat(page).not().hasURL(Pattern.compile(".*/login.*"));
    }

    private static void check(Page page, String path) {
        go(page, path);
        assertThat(page.locator("h1")).isVisible();
        List<Rule> violations = new AxeBuilder(page).analyze().getViolations();
        assertThat(violations)
                .as(path)
                .extracting(rule -> rule.getId() + " " + rule.getNodes())
                .isEmpty();
        Object overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) overflow).intValue()).as(path).isLessThanOrEqualTo(0);
        String shots = System.getProperty("allmende.shots");
        if (shots != null) {
            String name = path.replaceAll("[^a-z0-9]+", "_") + "-"
                    + page.locator("html").getAttribute("lang") + "-" + page.viewportSize().width;
            page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of(shots, name + ".png")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-GB", "de-DE"})
    void everyPageIsAccessible(String language) {
        Page nobody = visitor(speaking(language));
        for (String path : List.of("/", "/tour", "/login", "/login?error", "/register", "/accessibility")) {
            check(nobody, path);
        }
        Page researcher = visitor(speaking(language));
        logIn(researcher, "ada");
        check(researcher, "/account");
        check(researcher, "/team");
        Page office = visitor(speaking(language));
        logIn(office, "kim");
        check(office, "/coordination");
        Page admin = visitor(speaking(language));
        logIn(admin, "alex");
        long ada = portal.accounts().find("ada").orElseThrow().id();
        for (String path : List.of("/admin", "/admin/accounts/" + ada, "/admin/sites", "/admin/audit")) {
            check(admin, path);
        }
    }

    @Test
    void fitsOnANarrowScreenAndInTheDark() {
        Page narrow = visitor(new Browser.NewContextOptions().setLocale("de-DE").setViewportSize(360, 800));
        check(narrow, "/");
        check(narrow, "/register");
        check(narrow, "/login");
        check(narrow, "/login?error");
        check(narrow, "/login?error=settings");
        check(narrow, "/login?ended");
        check(narrow, "/start/nowhere");
        check(narrow, "/start/broken");
        complaints.removeIf(complaint -> complaint.contains("status of"));
        logIn(narrow, "alex");
        check(narrow, "/admin");
        check(narrow, "/admin/sites");
        check(narrow, "/admin/audit");
        narrow.getByText("Menü").press("Enter");
        assertThat(narrow.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Mein Konto")))
                .isVisible();
        Page dark = visitor(speaking("en-GB").setColorScheme(ColorScheme.DARK).setViewportSize(1000, 800));
        check(dark, "/");
        check(dark, "/login");
    }

    @Test
    void registersLogsInAndIsConfirmedByKeyboard() {
        Page researcher = visitor(speaking("en-GB"));
        go(researcher, "/register");
        researcher.locator("#displayName").focus();
        type(researcher, "Dr. Rosa Müller", "rosa@example.org", "Charité Berlin", "kastanien blühen im mai");
        researcher.keyboard().type("kastanien blühen im mai");
        researcher.keyboard().press("Enter");
        String name = researcher.locator("#registered-name").textContent();
        assertThat(name).matches("rmuller-\\d{4}");

        go(researcher, "/login");
        assertThat(researcher.locator("#username")).isFocused();
        type(researcher, name);
        researcher.keyboard().type("kastanien blühen im mai");
        researcher.keyboard().press("Enter");
        assertThat(researcher).not().hasURL(Pattern.compile(".*/login.*"));
        go(researcher, "/account");
        assertThat(researcher.getByText("waits for confirmation")).isVisible();

        Page office = visitor(speaking("en-GB"));
        logIn(office, "kim");
        go(office, "/coordination");
        office.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(Pattern.compile("Confirm.*Dr. Rosa Müller")))
                .press("Enter");
        assertThat(office.getByRole(AriaRole.STATUS)).containsText("Confirmed");

        go(researcher, "/account");
        assertThat(researcher.getByText("confirmed", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(portal.accounts().find(name).orElseThrow().affiliationConfirmed())
                .isTrue();
    }

    private static void type(Page page, String... fields) {
        for (String field : fields) {
            page.keyboard().type(field);
            page.keyboard().press("Tab");
        }
    }

    @Test
    void keepsThePageWhenTheLanguageChanges() {
        Page page = visitor(speaking("en-GB"));
        go(page, "/login?error&x=1");

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Deutsch"))
                .click();

        assertThat(page).hasURL(portal.url() + "/login?error&x=1&lang=de");
        assertThat(page.locator("h1")).hasText("Anmelden");
    }

    @Test
    void anAdministratorComparesAndAcceptsASite() {
        Page admin = visitor(speaking("en-GB"));
        logIn(admin, "alex");
        go(admin, "/admin/sites");
        assertThat(admin.getByText("K7QF-2M9T-XWPA-R4HD-E6ZB-N3CJ")).isVisible();

        admin.getByLabel("I have compared the fingerprint by telephone").check();
        admin.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("Accept.*Klinik Südhang")))
                .click();

        assertThat(admin.getByRole(AriaRole.STATUS)).containsText("takes part now");
        assertThat(portal.hub().members()).hasSize(2);
    }
}
