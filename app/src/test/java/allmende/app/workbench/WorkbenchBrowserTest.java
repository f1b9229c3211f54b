package allmende.app.workbench;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
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

/** Drives the workbench in Chromium. Skips visibly where there is no Chromium. */
class WorkbenchBrowserTest {

    private static Workplace place;
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;

    @BeforeAll
    static void start() {
        Optional<Path> chromium = Stream.of(System.getenv("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(chromium.isPresent(), "No Chromium was found: the workbench is not driven in a browser");
        place = Workplace.shared();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.get())
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--no-first-run")));
    }

    @AfterAll
    static void stop() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @AfterEach
    void closeAndListen() {
        if (context != null) {
            context.close();
        }
        assertThat(complaints).as("the browser's console").isEmpty();
    }

    private Page open(String language, int width, String account, boolean scripts) {
        context = browser.newContext(new Browser.NewContextOptions()
                .setLocale(language)
                .setViewportSize(width, 900)
                .setJavaScriptEnabled(scripts));
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(place.url + "/login");
        page.locator("#username").fill(account);
        page.locator("#password").fill(Workplace.PASSWORD);
        page.locator("#password").press("Enter");
        page.waitForURL(url -> !url.contains("/login"));
        complaints.clear();
        page.navigate(place.url + "/workbench");
        return page;
    }

    private void check(Page page, String name) {
        Object wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) wide).intValue())
                .as("sideways scrolling of " + name)
                .isLessThanOrEqualTo(0);
        assertThat(new AxeBuilder(page).analyze().getViolations())
                .as("accessibility of " + name)
                .extracting(rule -> rule.getId() + " " + rule.getNodes())
                .isEmpty();
        String folder = System.getProperty("allmende.pictures");
        if (folder != null) {
            page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of(folder, name + ".png")));
        }
    }

    private void journey(Page page, String name, String example) {
        check(page, name + "-list");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(example))
                .press("Enter");
        assertThat(page.locator(".wb-card").first()).isVisible();
        assertThat(page.locator(".wb-estimate")).isVisible();
        check(page, name + "-editor");
        String editor = page.url();

        page.locator("#card-inclusion-1-0-move").press("Enter");
        page.locator("#card-inclusion-1-0 button[value^=exclusion]").press("Enter");
        assertThat(page.locator("#card-exclusion-0-0")).isFocused();
        page.locator("#undo").press("Enter");
        assertThat(page.locator("#card-exclusion-0-0")).hasCount(0);
        assertThat(page.locator("#redo")).isEnabled();

        page.locator("#card-inclusion-1-0 .wb-card__link").press("Enter");
        check(page, name + "-criterion");
        page.locator("#number").fill("7,5");
        page.locator("#atLeast").fill("2");
        page.locator("#number").press("Enter");
        assertThat(page.locator("#card-inclusion-1-0")).containsText("7");
        assertThat(page.locator("#card-inclusion-1-0 .wb-filters__item")).hasCount(3);

        page.locator("#ask-button").press("Enter");
        page.waitForURL("**/results/1");
        assertThat(page.locator(".wb-total__number strong")).isVisible();
        assertThat(page.locator(".wb-site")).hasCount(4);
        assertThat(page.locator(".wb-site--refused")).containsText("Not this month.");
        check(page, name + "-result");

        for (String path : List.of("/about", "/versions", "/consent", "/versions/compare?left=1", "/results/compare")) {
            page.navigate(editor + path);
            check(page, name + path.replaceAll("[^a-z]", "-"));
        }
    }

    @Test
    void buildsUnderstandsCountsAndRefinesInEnglish() {
        journey(open("en-GB", 1280, "ada", true), "en", "HbA1c");
    }

    @Test
    void buildsUnderstandsCountsAndRefinesInGermanOnANarrowScreen() {
        journey(open("de-DE", 360, "ada", true), "de", "HbA1c");
    }

    private long question(Page page, String example) {
        page.navigate(place.url + "/workbench");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(example))
                .press("Enter");
        page.waitForURL(url -> url.matches(".*/workbench/[0-9]+.*"));
        return Long.parseLong(page.url().replaceAll(".*/workbench/([0-9]+).*", "$1"));
    }

    private void compares(Page page, String name, String one, String other) {
        long left = question(page, one);
        page.locator("#ask-button").press("Enter");
        page.waitForURL("**/results/1");
        long right = question(page, other);
        page.navigate(place.url + "/workbench/" + left + "/results/1");
        page.locator(".wb-further a").press("Enter");
        page.locator("#right").selectOption(Long.toString(right));
        page.locator(".wb-compare button").press("Enter");
        assertThat(page.locator(".wb-pair .wb-reading__text")).hasCount(2);
        assertThat(page.locator(".wb-verdict .wb-total__words")).hasCount(0);
        assertThat(page.locator(".wb-only").first()).isVisible();
        check(page, name + "-pair-unasked");

        page.navigate(place.url + "/workbench/" + right);
        page.locator("#ask-button").press("Enter");
        page.waitForURL("**/results/1");
        page.navigate(place.url + "/workbench/compare?left=" + left + "&right=" + right);
        assertThat(page.locator(".wb-verdict .wb-total__words")).isVisible();
        assertThat(page.locator(".wb-pair .wb-pair__bar")).hasCount(2);
        assertThat(page.locator(".wb-pair__table").first().locator("tbody tr")).hasCount(4);
        assertThat(page.locator(".wb-pair__table").last().locator("tbody tr")).hasCount(6);
        check(page, name + "-pair");
    }

    @Test
    void comparesTwoQuestionsInEnglish() {
        Page page = open("en-GB", 1280, "ada", true);
        compares(page, "en", "HbA1c", "Colon cancer");
        assertThat(page.locator(".wb-verdict")).containsText("lies within the uncertainty");
        page.navigate(place.url + "/workbench");
        page.locator("#compare").press("Enter");
        assertThat(page.locator("h1")).hasText("Compare two questions");
    }

    @Test
    void comparesTwoQuestionsInGermanOnANarrowScreen() {
        Page page = open("de-DE", 360, "ada", true);
        compares(page, "de", "HbA1c", "Darmkrebs");
        assertThat(page.locator(".wb-verdict")).containsText("innerhalb der Unsicherheit");
    }

    @Test
    void aForeignQuestionCannotBeCompared() {
        Page page = open("en-GB", 1280, "ada", true);
        long own = question(page, "HbA1c");
        context.close();
        page = open("en-GB", 1280, "ben", true);
        long other = question(page, "HbA1c");
        assertThat(page.navigate(place.url + "/workbench/compare?left=" + own + "&right=" + other)
                        .status())
                .isEqualTo(404);
        complaints.clear();
    }

    @Test
    void worksWithoutScripts() {
        Page page = open("en-GB", 1280, "ben", false);
        page.locator("#name").fill("By hand");
        page.locator("#name").press("Enter");
        assertThat(page.locator("h1")).hasText("By hand");
        assertThat(page.locator(".wb-ask__why")).isVisible();
        page.locator("a[href$='/consent']").press("Enter");
        page.locator("#needed-yes").check();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Apply"))
                .press("Enter");
        assertThat(page.locator(".wb-card")).hasCount(1);
        page.locator("#card-inclusion-0-0 form[action$='/remove'] button").press("Enter");
        assertThat(page.locator(".wb-card")).hasCount(0);
        page.locator("#undo").press("Enter");
        assertThat(page.locator(".wb-card")).hasCount(1);
        assertThat(page.locator(".wb-ask__why")).containsText("confirmed");
        long other = question(page, "Colon cancer");
        page.navigate(place.url + "/workbench");
        page.locator("#compare").press("Enter");
        page.locator("#left").selectOption(Long.toString(other));
        page.locator("#right").selectOption(new SelectOption().setLabel("By hand"));
        page.locator(".wb-compare button").press("Enter");
        assertThat(page.locator(".wb-verdict")).containsText("only if the sites have answered both questions");
        assertThat(page.locator(".wb-only").first().locator("li")).not().hasCount(0);
    }
}
