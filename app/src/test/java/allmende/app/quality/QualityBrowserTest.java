package allmende.app.quality;

import static allmende.app.Chromium.check;

import allmende.app.Chromium;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drives the data-quality pages in Chromium. */
class QualityBrowserTest {

    private static CheckedSite site;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws Exception {
        Path executable = Chromium.find();
        site = CheckedSite.shared();
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
            page.navigate(site.url() + "/quality");
            page.locator(".quality__help summary").first().click();
            check(page);
            page.locator(".quality__rule a").first().click();
            check(page);
            page.locator(".quality__resource").first().click();
            check(page);
            page.navigate(site.url() + "/quality?source=urn:nobody");
            check(page);
        });
    }
}
