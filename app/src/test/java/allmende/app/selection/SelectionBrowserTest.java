package allmende.app.selection;

import static allmende.app.server.PortalForTest.RESEARCHER;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import allmende.app.server.PortalForTest;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

/** Selects data and hands it on, in Chromium. Skips visibly where there is none. */
class SelectionBrowserTest {

    private static final String OLD_FILE = """
            {"version": "http://to_be_decided.com/draft-1/schema#", "display": "Old file", "inclusionCriteria": [[
              {"termCode": {"system": "http://fhir.de/CodeSystem/dimdi/icd-10-gm", "code": "I10", "display": "I10"},
               "mystery": true}]]}
            """;

    private static PortalForTest portal;
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;

    @BeforeAll
    static void start() {
        Optional<Path> chromium = Stream.of(System.getenv("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/google-chrome")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(chromium.isPresent(), "No Chromium was found: the pages are not driven in a browser");
        portal = PortalForTest.shared();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.get())
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
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

    private Page logIn(Browser.NewContextOptions options) {
        context = browser.newContext(options);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.location() + " " + message.text());
            }
        });
        page.navigate(portal.url() + "/workbench/import");
        page.locator("#username").fill(RESEARCHER);
        page.locator("#password").fill(PortalForTest.PASSWORD);
        page.locator("#password").press("Enter");
        page.waitForURL(url -> !url.contains("/login"));
        return page;
    }

    private static Browser.NewContextOptions in(String locale) {
        return new Browser.NewContextOptions().setLocale(locale).setViewportSize(1280, 900);
    }

    private static String question() throws IOException, InterruptedException {
        String location = portal.send(RESEARCHER, "POST", "/api/questions?name=Hypertension", OLD_FILE)
                .headers()
                .firstValue("Location")
                .orElseThrow();
        return "/workbench/" + location.substring(location.lastIndexOf('/') + 1);
    }

    private static void assertAccessible(Page page) {
        assertThat(new AxeBuilder(page).analyze().getViolations())
                .extracting(rule -> rule.getId() + " " + rule.getNodes())
                .isEmpty();
    }

    private static void assertFits(Page page) {
        Object overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) overflow).intValue()).isLessThanOrEqualTo(0);
    }

    private static void photo(Page page, String name) {
        String folder = System.getProperty("allmende.photos");
        if (folder != null) {
            page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of(folder, name + ".png")));
        }
    }

    private static void press(Page page, String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    @ParameterizedTest
    @CsvSource({
        "en-GB, Diagnoses, Add Diagnosis, Diagnosis, Add field Note, Note: must be there, Add codes, Codes: Diagnosis, names the person",
        "de-DE, Diagnosen, Diagnose hinzufügen, Diagnose, Feld Bemerkung hinzufügen, Bemerkung: muss vorhanden sein, Kodes hinzufügen, Kodes: Diagnose, nennt die Person"
    })
    void selectsDataAndExportsIt(ArgumentsAccessor words) throws IOException, InterruptedException {
        String locale = words.getString(0);
        String module = words.getString(1);
        String add = words.getString(2);
        String title = words.getString(3);
        String field = words.getString(4);
        String must = words.getString(5);
        String codes = words.getString(6);
        String legend = words.getString(7);
        String names = words.getString(8);
        String question = question();
        Page page = logIn(in(locale));
        page.navigate(portal.url() + question + "/selection");
        assertThat(page.locator(".sel-group")).hasCount(0);
        photo(page, "selection-empty-" + locale);

        page.locator("summary")
                .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText(module))
                .first()
                .click();
        press(page, add);
        assertThat(page.locator(".sel-group")).hasCount(2);
        assertThat(page.locator("#group-1-heading")).hasText(title);
        assertThat(page.locator("#group-1 .sel-form > .sel-fields > li")).hasCount(2);
        assertThat(page.locator(".sel-level--low")).isVisible();
        assertThat(page.locator("#group-0")).not().containsText(names);

        page.locator("#group-1-more summary").click();
        press(page, field);
        assertThat(page.locator("#group-1 .sel-form > .sel-fields > li")).hasCount(3);
        assertThat(page.locator(".sel-level--raised")).isVisible();
        press(page, must);
        assertThat(page.locator("#group-1 .sel-mark--must")).isVisible();

        page.locator("#group-1-filters > summary").click();
        assertThat(page.locator("#group-1-filters")).containsText(legend);
        page.locator("#group-1-0-codes").fill("I10, I11");
        press(page, codes);
        assertThat(page.locator("#group-1 .sel-code")).hasCount(2);
        page.locator("#group-1-first").fill("2020-01-01");
        page.locator("#group-1 button[value=dates]").click();
        assertThat(page.locator("#group-1-first")).hasValue("2020-01-01");
        photo(page, "selection-" + locale);
        assertAccessible(page);

        page.navigate(portal.url() + question + "/files");
        photo(page, "files-" + locale);
        assertAccessible(page);
        Download download = page.waitForDownload(
                () -> page.locator("a[href$='/files/as-is/crtdl.json']").click());
        String file = Files.readString(download.path());
        assertThat(file).contains("Condition.note", "\"mustHave\" : true", "I11", "2020-01-01", "mystery");
    }

    @ParameterizedTest
    @CsvSource({"en-GB, The file is of an older version, Zeile", "de-DE, Die Datei ist von einer älteren Fassung, Line"
    })
    void readsAnOldFileAfterALook(String locale, String remark, String other) {
        Page page = logIn(in(locale));
        page.navigate(portal.url() + "/workbench/import");
        page.locator("#text").fill("{\"inclusionCriteria\": [[}");
        page.locator("form.sel-import button").click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        assertThat(page.locator("#text")).hasValue("{\"inclusionCriteria\": [[}");
        assertAccessible(page);

        page.locator("#text").fill(OLD_FILE);
        page.locator("form.sel-import button").click();
        assertThat(page.locator("main")).containsText(remark);
        assertThat(page.locator("main")).containsText("mystery");
        assertThat(page.locator("main")).not().containsText(other + " ");
        assertThat(page.locator(".sel-differences tbody tr")).not().hasCount(0);
        photo(page, "import-" + locale);
        assertAccessible(page);

        page.locator("button[value=newest]").click();
        assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/workbench/[0-9]+/files"));
        assertThat(page.locator("main")).containsText("Old file");
    }

    @Test
    void worksWithoutJavaScriptAndByKeyboard() throws IOException, InterruptedException {
        String question = question();
        Page page = logIn(in("en-GB").setJavaScriptEnabled(false));
        page.navigate(portal.url() + question + "/selection");

        page.locator("#module-labor summary").press("Enter");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions()
                                .setName("Add Laboratory value")
                                .setExact(true))
                .press("Enter");
        assertThat(page.locator(".sel-group")).hasCount(2);
        page.locator(".sel-tools button").first().press("Enter");
        assertThat(page.locator(".sel-group")).hasCount(0);
        assertThat(page.locator("#message")).hasText("Undone.");
    }

    @ParameterizedTest
    @CsvSource({
        "en-GB, Add Diagnosis, 'Find codes by words: Diagnosis, Diagnosis', Words or a code, heart failure, Add what is ticked, Heart failure",
        "de-DE, Diagnose hinzufügen, 'Kodes mit Worten suchen: Diagnose, Diagnose', Wörter oder ein Code, Herzschwäche, Angekreuzte hinzufügen, Herzinsuffizienz"
    })
    void findsCodesOfAFilterByWords(ArgumentsAccessor words) throws IOException, InterruptedException {
        String locale = words.getString(0);
        String question = question();
        Page page = logIn(in(locale).setViewportSize(360, 800));
        page.navigate(portal.url() + question + "/selection");
        page.locator("#module-diagnose summary").press("Enter");
        press(page, words.getString(1));
        page.locator("#group-1-filters > summary").press("Enter");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(words.getString(2)))
                .press("Enter");
        assertThat(page.locator("#code-panel #concept-q")).isVisible();
        assertThat(page.locator("#concept-context")).hasCount(0);
        assertThat(page.locator("#concept-system")).hasCount(0);
        page.getByLabel(words.getString(3)).fill(words.getString(4));
        assertThat(page.locator(".cs-found .cs-row__name").first()).hasText(words.getString(6));
        assertThat(page.locator(".cs-facet")).hasCount(0);
        photo(page, "selection-codes-" + locale);
        assertFits(page);
        assertAccessible(page);
        page.locator(".cs-found input[type=checkbox]").nth(0).press("Space");
        page.locator(".cs-found input[type=checkbox]").nth(1).press("Space");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(words.getString(5)))
                .press("Enter");
        assertThat(page.locator("#group-1-filters .sel-code")).hasCount(2);
        assertThat(page.locator("#group-1-filters .sel-code").first()).containsText(words.getString(6));
        assertThat(page.locator("#group-1-filters")).hasAttribute("open", "open");
        photo(page, "selection-codes-added-" + locale);
        assertFits(page);
    }

    @Test
    void findsCodesByWordsWithoutScriptsAndOnlyThoseOfTheField() throws IOException, InterruptedException {
        String question = question();
        Page page = logIn(in("en-GB").setJavaScriptEnabled(false));
        page.navigate(portal.url() + question + "/selection");
        page.locator("#module-prozedur summary").press("Enter");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Add Procedure").setExact(true))
                .press("Enter");
        page.locator("#group-1-filters > summary").press("Enter");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Find codes by words: Procedure, Category"))
                .press("Enter");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Open the search"))
                .press("Enter");
        assertThat(page.locator(".cs-found h2")).hasText("8 concepts found");
        page.locator(".cs-found .cs-row__acts button").first().press("Enter");
        assertThat(page.locator("#group-1-filters .sel-code")).hasCount(1);
        assertThat(page.locator("#message")).hasText("Changed and saved.");
        String id = question.substring(question.lastIndexOf('/') + 1);
        String foreign =
                "concept=%7B%22context%22%3A%22Procedure%22%2C%22system%22%3A%22http%3A%2F%2Ffhir.de%2FCodeSystem"
                        + "%2Fbfarm%2Fops%22%2C%22code%22%3A%225-820%22%2C%22display%22%3A%22x%22%7D";
        page.navigate(portal.url() + question + "/selection/codes?group=1&name=category");
        String target = page.locator("#code-panel a").getAttribute("href");
        assertThat(target).contains("fixed=true").contains("only=http");
        page.navigate(portal.url() + question + "/selection");
        Object status = page.request()
                .post(
                        portal.url() + "/workbench/" + id + "/selection/concepts",
                        com.microsoft.playwright.options.RequestOptions.create()
                                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                                .setData("revision="
                                        + page.locator("input[name=revision]")
                                                .first()
                                                .getAttribute("value")
                                        + "&group=1&name=category&" + foreign + "&_csrf="
                                        + page.locator("input[name=_csrf]")
                                                .first()
                                                .getAttribute("value")))
                .text();
        assertThat(status.toString()).contains("Nothing was added").doesNotContain("5-820");
    }

    @Test
    void fitsOnANarrowScreen() throws IOException, InterruptedException {
        String question = question();
        Page page = logIn(in("de-DE").setViewportSize(360, 800));
        page.navigate(portal.url() + question + "/selection");
        page.locator("#module-diagnose summary").click();
        press(page, "Diagnose hinzufügen");
        page.locator("#group-1-more summary").click();
        page.locator("#group-1-filters > summary").click();
        photo(page, "selection-narrow");
        assertFits(page);
        assertAccessible(page);
        for (String path : List.of("/files", "/import")) {
            page.navigate(portal.url() + question + path);
            photo(page, "narrow" + path.replace('/', '-'));
            assertFits(page);
            assertAccessible(page);
        }
    }
}
