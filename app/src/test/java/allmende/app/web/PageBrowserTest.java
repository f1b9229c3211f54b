package allmende.app.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import allmende.app.Hospital;
import allmende.app.identity.Access;
import allmende.app.server.Started;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Drives the page in Chromium. Skips visibly where there is no Chromium; CHROMIUM names one elsewhere. */
class PageBrowserTest {

    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-quic");
    private static final String EVERYBODY = """
            {"version": "2", "inclusionCriteria": [[
              {"context": {"system": "fdpg.mii.cds", "code": "Patient"},
               "termCodes": [{"system": "http://snomed.info/sct", "code": "424144002", "display": "Any age"}],
               "valueFilter": {"type": "quantity-comparator", "comparator": "ge", "value": 0, "unit": {"code": "a"}}}]]}
            """;

    private static Started site;
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;

    @BeforeAll
    static void start() throws InterruptedException {
        Optional<Path> chromium = Stream.of(
                        System.getenv("CHROMIUM"),
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(chromium.isPresent(), "No Chromium was found: the page is not driven in a browser");
        site = Started.over(Hospital.data(), Access.OPEN);
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
        if (site != null) {
            site.close();
        }
    }

    @AfterEach
    void closeAndListen() {
        if (context != null) {
            context.close();
        }
        assertThat(complaints).as("the browser's console").isEmpty();
    }

    private Page open(String path, Browser.NewContextOptions options) {
        context = browser.newContext(options);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(site.url() + path);
        return page;
    }

    private static Browser.NewContextOptions english() {
        return new Browser.NewContextOptions().setLocale("en-GB").setViewportSize(1280, 900);
    }

    private static void assertAccessible(Page page) {
        List<Rule> violations = new AxeBuilder(page).analyze().getViolations();
        assertThat(violations)
                .extracting(rule -> rule.getId() + " " + rule.getNodes())
                .isEmpty();
    }

    private static Locator count(Page page) {
        return page.locator(".answer__count strong");
    }

    @Test
    void asksAReadyQuestion() {
        Page page = open("/", english());

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Hypertension with a systolic"))
                .click();

        assertThat(page).hasURL(site.url() + "/questions/hypertension-crisis");
        assertThat(page.locator(".answer__title")).containsText("Hypertension with a systolic");
        assertThat(count(page)).hasText(java.util.regex.Pattern.compile("[0-9,]+"));
        assertThat(page.locator(".funnel__row")).hasCount(3);
        assertThat(page.locator(".answer__meta")).containsText("Snapshot t = ");
        assertThat(page.locator("#question-hypertension-crisis")).hasAttribute("aria-current", "page");
        assertAccessible(page);
    }

    @Test
    void editsAQueryAndRunsIt() {
        Page page = open("/", english());

        page.getByText("The query as JSON, to edit and run").click();
        page.getByLabel("Query").fill(EVERYBODY);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Run the query"))
                .click();

        assertThat(page.locator(".answer__title")).hasText("Your own query");
        assertThat(count(page)).hasText(Integer.toString(Hospital.PATIENTS));
        assertThat(page.locator(".funnel")).containsText("Any age");
        assertAccessible(page);
    }

    @Test
    void showsAnErrorAtItsPlace() {
        Page page = open("/", english());

        page.getByText("The query as JSON, to edit and run").click();
        page.getByLabel("Query").fill(EVERYBODY.replace("\"Patient\"", "\"Nobody\""));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Run the query"))
                .click();

        Locator alert = page.getByRole(AriaRole.ALERT);
        assertThat(alert).containsText("Line 2");
        assertThat(alert).containsText("/inclusionCriteria/0/0/context");
        assertThat(page.getByLabel("Query")).hasAttribute("aria-invalid", "true");
        assertAccessible(page);
    }

    @Test
    void switchesTheLanguageAndKeepsIt() {
        Page page = open("/", english());
        assertThat(page.locator("html")).hasAttribute("lang", "en");

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Deutsch"))
                .click();

        assertThat(page.locator("html")).hasAttribute("lang", "de");
        assertThat(page.locator("h1")).hasText("Ein Krankenhaus befragt seine Daten");
        page.navigate(site.url() + "/questions/sepsis-ventilation");
        assertThat(page.locator("html")).hasAttribute("lang", "de");
        assertThat(page.locator(".answer__title")).containsText("Sepsis mit Laktat");
        assertAccessible(page);
    }

    @Test
    void followsTheBrowsersLanguage() {
        Page page = open("/", new Browser.NewContextOptions().setLocale("de-DE"));

        assertThat(page.locator("html")).hasAttribute("lang", "de");
    }

    @Test
    void drawsTheYearsAndHasThemAsATable() {
        Page page = open("/", english());

        assertThat(page.locator("#years-chart .years__picture")).isVisible();
        page.getByText("The figures as a table").click();
        assertThat(page.locator("#years-table")).isVisible();
        assertThat(page.locator("#years-table tbody tr").first()).isVisible();
        assertAccessible(page);
    }

    @Test
    void pagesOfASiteAreLight() {
        for (String path : List.of("/", "/questions/sepsis-ventilation")) {
            assertThat(new PageWeight(site.url()).of(path)).as(path).isLessThan(PageWeight.MAX);
        }
    }

    @Test
    void worksWithoutJavaScript() {
        Page page = open("/", english().setJavaScriptEnabled(false));

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Colon cancer"))
                .click();
        assertThat(page).hasURL(site.url() + "/questions/colon-cancer#answer");
        assertThat(page.locator(".answer__title")).containsText("Colon cancer");
        assertThat(page.locator("#years-table")).isVisible();

        // By keyboard: a click waits for two equal animation frames, which a page without scripts need not draw.
        page.getByText("The query as JSON, to edit and run").press("Enter");
        page.getByLabel("Query").fill(EVERYBODY);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Run the query"))
                .press("Enter");
        assertThat(page).hasURL(site.url() + "/query");
        assertThat(count(page)).hasText(Integer.toString(Hospital.PATIENTS));
    }

    @Test
    void fitsOnANarrowScreen() {
        Browser.NewContextOptions narrow =
                new Browser.NewContextOptions().setLocale("de-DE").setViewportSize(360, 800);
        Page page = open("/", narrow);

        assertThat(page.locator(".funnel")).isVisible();
        page.getByText("Die Abfrage als JSON").click();
        page.getByText("Die Zahlen als Tabelle").click();
        Object overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) overflow).intValue()).isLessThanOrEqualTo(0);
        assertAccessible(page);
    }

    @Test
    void isAccessibleInTheDark() {
        Page page = open("/", english().setColorScheme(ColorScheme.DARK));

        assertThat(page.locator(".funnel")).isVisible();
        assertAccessible(page);
    }

    @Test
    void canBeUsedByKeyboard() {
        Page page = open("/", english());

        page.keyboard().press("Tab");
        assertThat(page.getByText("Skip to the content")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("main")).isFocused();
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(site.url() + "/questions/diabetes-hba1c");
        assertThat(page.locator("#question-diabetes-hba1c")).isFocused();
    }
}
