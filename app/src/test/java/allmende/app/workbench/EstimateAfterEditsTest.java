package allmende.app.workbench;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After every kind of edit the very answer to it shows the estimate of the question as it is then, with and without scripts. */
class EstimateAfterEditsTest {

    private static final Pattern LIKELY =
            Pattern.compile("wb-estimate__likely\">.*?<strong>([^<]+)</strong>", Pattern.DOTALL);
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private static Workplace place;
    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void start() {
        assumeTrue(Files.isExecutable(CHROMIUM), "No Chromium was found: the editor is not driven in a browser");
        place = Workplace.shared();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--no-first-run")));
    }

    @AfterAll
    static void stop() {
        if (playwright != null) {
            playwright.close();
        }
    }

    /** Does an edit; the estimate that its answer shows, which a fresh page must show as well. */
    private static String after(Page page, Runnable edit) {
        Response answer = page.waitForResponse(
                response -> response.status() == 200
                        && response.url().contains("/workbench/")
                        && !response.url().contains("/concepts"),
                edit);
        Matcher shown = LIKELY.matcher(answer.text());
        assertThat(shown.find())
                .as("an estimate in the answer of " + answer.url())
                .isTrue();
        assertThat(page.locator(".wb-estimate__likely strong")).hasText(shown.group(1));
        Matcher fresh = LIKELY.matcher(
                page.request().get(page.url().replaceAll("[?#].*", "")).text());
        assertThat(fresh.find()).isTrue();
        assertThat(shown.group(1)).isEqualTo(fresh.group(1));
        return shown.group(1);
    }

    private static void press(Page page, String selector) {
        page.locator(selector).first().press("Enter");
    }

    private static String apply(Page page, String card, Runnable fill) {
        press(page, "#card-" + card + " .wb-card__link");
        fill.run();
        return after(page, () -> press(page, ".wb-form .wb-bar button"));
    }

    private static String add(Page page, boolean scripts, String to, String code) {
        page.navigate(page.url().replaceAll("[?#].*", "") + "/add?to=" + to);
        if (!scripts) {
            press(page, "#add-panel a.kern-btn--primary");
        }
        page.locator("#concept-q").fill(code);
        press(page, ".cs-form__go");
        assertThat(page.locator(".cs-found .cs-row__code").first()).hasText(code);
        return after(page, () -> press(page, ".cs-found .cs-row__acts button"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyEditShowsItsEstimate(boolean scripts) {
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setLocale("en-GB")
                .setJavaScriptEnabled(scripts)
                .setViewportSize(1280, 900))) {
            Page page = context.newPage();
            page.navigate(place.url + "/login");
            page.locator("#username").fill("ada");
            page.locator("#password").fill(Workplace.PASSWORD);
            page.locator("#password").press("Enter");
            page.waitForURL(url -> !url.contains("/login"));
            page.navigate(place.url + "/workbench");
            page.locator("#name").fill("Estimates " + scripts);
            page.locator("#name").press("Enter");
            assertThat(page.locator(".wb-estimate__likely")).hasCount(0);

            String diabetes = add(page, scripts, "inclusion-0", "E11");
            assertThat(page.locator(".wb-estimate")).containsText("costs no privacy budget");
            String both = add(page, scripts, "inclusion-1", "4548-4");
            assertThat(both).isNotEqualTo(diabetes);
            String value = apply(page, "inclusion-1-0", () -> {
                assertThat(page.locator(".wb-histogram figcaption")).containsText("Typical values in %");
                assertThat(page.locator(".wb-histogram__axis")).hasText(Pattern.compile("4 %\\s*9 %"));
                page.locator("#kind").selectOption("ge");
                page.locator("#number").fill("7");
            });
            assertThat(value).isNotEqualTo(both);
            String often =
                    apply(page, "inclusion-1-0", () -> page.locator("#atLeast").fill("3"));
            assertThat(often).isNotEqualTo(value);
            apply(page, "inclusion-1-0", () -> page.locator("#from").fill("2024-01-01"));
            String duplicate = after(page, () -> press(page, "#card-inclusion-1-0 form[action$='/duplicate'] button"));
            String moved = after(page, () -> {
                press(page, "#card-inclusion-1-0-move");
                press(page, "#card-inclusion-1-0 button[value^=exclusion]");
            });
            String removed = after(page, () -> press(page, "#card-exclusion-0-0 form[action$='/remove'] button"));
            assertThat(removed).isNotEqualTo(moved);
            assertThat(after(page, () -> press(page, "#undo"))).isEqualTo(moved);
            assertThat(after(page, () -> press(page, "#undo"))).isEqualTo(duplicate);
            assertThat(after(page, () -> press(page, "#redo"))).isEqualTo(moved);
            assertThat(after(page, () -> press(page, "#redo"))).isEqualTo(removed);
            add(page, scripts, "inclusion-0", "119297000");
            apply(page, "inclusion-0-1", () -> page.locator("input[name=attribute-festgestellteDiagnose]")
                    .first()
                    .check());
        }
    }
}
