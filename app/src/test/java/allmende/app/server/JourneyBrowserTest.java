package allmende.app.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import allmende.app.identity.AccountDesk;
import allmende.app.identity.NewAccount;
import allmende.app.identity.Role;
import allmende.core.fhir.FhirJson;
import allmende.synth.profile.HospitalProfiles;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * A researcher's whole way through a real country in Chromium, by keyboard: build a question, understand it, have it
 * counted, refine it, select data, take it all away. Skips visibly where there is no Chromium.
 */
final class JourneyBrowserTest {

    private static final long PATIENTS = 300;
    private static final String TITLE = "Bluthochdruck";

    private static Country country;
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    /** What the two languages call things. */
    private enum Words {
        ENGLISH("en-GB", "Patients who were given the diagnosis", "but not", "on or after 1 January 2015"),
        GERMAN("de-DE", "Patientinnen und Patienten, bei denen die Diagnose", "aber nicht", "ab dem 1. Januar 2015");

        private final String locale;
        private final String opening;
        private final String without;
        private final String since;

        Words(String locale, String opening, String without, String since) {
            this.locale = locale;
            this.opening = opening;
            this.without = without;
            this.since = since;
        }
    }

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Optional<Path> chromium = Stream.of(System.getenv("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(chromium.isPresent(), "No Chromium was found: the journey is not made");
        country = new SmallCountry(HospitalProfiles.all().stream()
                        .map(hospital -> hospital.withPatients(PATIENTS))
                        .toList())
                .start();
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
        if (country != null) {
            country.close();
        }
    }

    @AfterEach
    void closeAndListen() {
        if (context != null) {
            context.close();
        }
        assertThat(complaints).as("the browser's console").isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void buildsUnderstandsCountsRefinesSelectsAndExports(Words words) throws IOException {
        logIn(words);
        build(words);
        String question = page.url().replaceFirst("[?#].*", "");
        understand(words);
        String first = count(1, words);
        page.navigate(question);
        refine(words);
        count(2, words);
        page.navigate(question + "/results/compare");
        assertThat(page).hasURL(question + "/results/compare");
        look("compare", words);
        assertThat(page.locator("main")).containsText(first);
        takeResults(question);
        selectData(question, words);
        takeFiles(question, words);
        lookFromTheSite(words);
    }

    private void logIn(Words words) {
        context = browser.newContext(
                new Browser.NewContextOptions().setLocale(words.locale).setViewportSize(1280, 900));
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.location() + " " + message.text());
            }
        });
        page.onPageError(complaints::add);
        // one of her own for each journey: who asks four times in a minute is told to wait
        String researcher = "ada." + words.name().toLowerCase(Locale.ROOT);
        NewAccount account = new NewAccount(researcher, "Ada", "", "Universität", Set.of(Role.RESEARCHER));
        country.portal().bean(AccountDesk.class).ensure(account, DemoPeople.PASSWORD);
        enter(country.portal().url(), researcher);
        page.navigate(country.portal().url() + "/workbench");
    }

    private void enter(String url, String account) {
        page.navigate(url + "/login");
        page.locator("#username").fill(account);
        page.locator("#password").fill(DemoPeople.PASSWORD);
        page.locator("#password").press("Enter");
        page.waitForURL(address -> !address.contains("/login"));
    }

    private void build(Words words) {
        page.locator("#name").fill(TITLE);
        page.locator("#name").press("Enter");
        assertThat(page.locator("h1")).hasText(TITLE);
        add("inclusion", "I10", words);
        add("exclusion", "I50", words);
        assertThat(page.locator(".wb-card")).hasCount(2);
    }

    private void add(String side, String code, Words words) {
        page.locator("#add-" + side).press("Enter");
        assertThat(page.locator("#concept-results .cs-row").first()).isVisible();
        page.waitForResponse(response -> response.url().contains("q=" + code), () -> page.locator("#concept-q")
                .fill(code));
        assertThat(page.locator("#concept-results .cs-row__code").first()).hasText(code);
        Locator row = page.locator("#concept-results .cs-row")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator(".cs-row__code")
                                .getByText(code, new Locator.GetByTextOptions().setExact(true))))
                .first();
        assertThat(row).isVisible();
        look("add-" + side, words);
        row.getByRole(AriaRole.BUTTON).press("Enter");
        assertThat(page.locator("#card-" + side + "-0-0")).containsText(code);
    }

    private void understand(Words words) {
        assertThat(page.locator(".wb-reading__text")).containsText(words.opening);
        assertThat(page.locator(".wb-reading__text")).containsText(words.without);
        assertThat(page.locator(".wb-estimate__likely strong")).isVisible();
        look("editor", words);
    }

    /** Asks, and returns the total as the page writes it. */
    private String count(int number, Words words) {
        page.locator("#ask-button").press("Enter");
        page.waitForURL("**/results/" + number);
        assertThat(page.locator("#country-answer[hx-get]")).hasCount(0);
        assertThat(page.locator(".wb-site")).hasCount(4);
        if (number == 1) {
            look("result", words);
        }
        // by its noise a site may say few
        assertThat(page.locator(".wb-site--counted, .wb-site--few, .wb-site--answered"))
                .hasCount(4);
        assertThat(page.locator(".funnel__row")).not().hasCount(0);
        return page.locator(".wb-total__number strong").innerText();
    }

    private void refine(Words words) {
        String before = page.locator(".wb-estimate").innerText();
        page.locator("#card-inclusion-0-0 .wb-card__link").press("Enter");
        page.locator("#from").fill("2015-01-01");
        page.locator("#from").press("Enter");
        assertThat(page.locator(".wb-reading__text")).containsText(words.since);
        assertThat(page.locator(".wb-estimate")).not().hasText(before);
    }

    private void takeResults(String question) throws IOException {
        page.navigate(question + "/results/2");
        assertThat(taken(page.locator("a[href$='result.pdf']")))
                .startsWith("%PDF-".getBytes(StandardCharsets.US_ASCII));
        assertThat(taken(page.locator("a[href$='result.png']"))).startsWith(new byte[] {(byte) 0x89, 'P', 'N', 'G'});
        String total = page.locator(".wb-total__number strong").innerText().replaceAll("\\D", "");
        assertThat(new String(taken(page.locator("a[href$='result.csv']")), StandardCharsets.UTF_8))
                .contains(total);
    }

    private byte[] taken(Locator link) throws IOException {
        link.focus();
        Download download = page.waitForDownload(() -> page.keyboard().press("Enter"));
        return Files.readAllBytes(download.path());
    }

    private void selectData(String question, Words words) {
        page.navigate(question + "/selection");
        page.locator("#module-diagnose summary").press("Enter");
        page.locator("#module-diagnose button").first().press("Enter");
        assertThat(page.locator(".sel-group")).not().hasCount(0);
        look("selection", words);
    }

    private void takeFiles(String question, Words words) throws IOException {
        page.navigate(question + "/files");
        look("files", words);
        JsonNode crtdl = FhirJson.parse(taken(page.locator("a[href$='/files/as-is/crtdl.json']")));
        JsonNode cohort = crtdl.path("cohortDefinition");
        assertThat(code(cohort.path("inclusionCriteria"))).isEqualTo("I10");
        assertThat(cohort.path("inclusionCriteria")
                        .path(0)
                        .path(0)
                        .path("timeRestriction")
                        .path("afterDate")
                        .asString(""))
                .startsWith("2015-01-01");
        assertThat(code(cohort.path("exclusionCriteria"))).isEqualTo("I50");
        assertThat(crtdl.path("dataExtraction").path("attributeGroups").size()).isPositive();
        assertThat(new String(taken(page.locator("a[href$='/files/query.cql']")), StandardCharsets.UTF_8))
                .contains("I10");
    }

    private static String code(JsonNode side) {
        return side.path(0).path(0).path("termCodes").path(0).path("code").asString("");
    }

    /** The hospital sees that it was asked, and what it told. */
    private void lookFromTheSite(Words words) {
        SiteServer site = country.sites().getFirst();
        enter(site.url(), "standort");
        page.navigate(site.url() + "/site");
        assertThat(page.locator("main")).containsText("question.received");
        assertThat(page.locator("table tbody tr")).not().hasCount(0);
        look("site", words);
    }

    private void look(String name, Words words) {
        assertThat(new AxeBuilder(page).analyze().getViolations())
                .as("accessibility of " + name)
                .extracting(rule -> rule.getId() + " " + rule.getNodes())
                .isEmpty();
        String folder = System.getProperty("allmende.photos");
        if (folder != null) {
            Path file = Path.of(folder, "journey-" + words.locale + "-" + name + ".png");
            page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(file));
        }
    }
}
