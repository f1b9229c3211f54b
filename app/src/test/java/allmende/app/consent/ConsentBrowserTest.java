package allmende.app.consent;

import static allmende.app.Chromium.check;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import allmende.app.Chromium;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drives the consent explorer in Chromium. */
class ConsentBrowserTest {

    private static ConsentSite site;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws Exception {
        Path executable = Chromium.find();
        site = ConsentSite.shared();
        chromium = Chromium.start(executable);
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"en-GB,1280", "de-DE,360"})
    void pagesAreAccessibleAndFit(String language, int width) {
        chromium.look(language, width, page -> {
            page.navigate(site.url() + "/consent");
            check(page);
            page.locator("#patient").fill("again");
            page.locator("#day").fill("2024-06-15");
            page.locator("form.consent__form button").click();
            assertThat(page.locator(".kern-alert--success")).isVisible();
            page.locator(".consent__policy summary").first().focus();
            page.keyboard().press("Enter");
            assertThat(page.locator(".consent__decides").first()).isVisible();
            check(page);
            picture(page, language);
            page.navigate(site.url() + "/consent?patient=refuses");
            assertThat(page.locator(".kern-alert--warning")).isVisible();
            check(page);
            page.navigate(site.url() + "/consent?patient=nobody");
            check(page);
        });
    }

    /** For people who want to see it: with -Dallmende.pictures=FOLDER. */
    private static void picture(Page page, String language) {
        String folder = System.getProperty("allmende.pictures");
        if (folder != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of(folder, "consent-" + language + ".png")));
        }
    }
}
