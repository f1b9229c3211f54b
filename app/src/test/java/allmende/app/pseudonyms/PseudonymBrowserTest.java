package allmende.app.pseudonyms;

import static allmende.app.Chromium.check;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import allmende.app.Chromium;
import allmende.app.Hospital;
import allmende.app.cli.Typed;
import allmende.app.identity.Access;
import allmende.app.server.Started;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two people of the trust centre and a data steward at the pages, in Chromium. */
class PseudonymBrowserTest {

    private static final String PASSWORD = "Gemeingut macht schlau";

    private static Started site;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws Exception {
        Path executable = Chromium.find();
        Path data = Hospital.temporary("allmende-psn-pages");
        for (String person : List.of("tina:trust-centre", "tom:trust-centre", "dora:data-steward")) {
            String[] parts = person.split(":");
            Typed.run(PASSWORD + "\n", new String[] {
                "user", "add", parts[0], "--role", parts[1], "--password-stdin", "--data", "" + data
            });
        }
        site = Started.over(data, Access.LOGIN);
        chromium = Chromium.start(executable);
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (site != null) {
            site.close();
        }
    }

    private static void logIn(Page page, String name) {
        page.navigate(site.url() + "/login");
        page.locator("input[name=username]").fill(name);
        page.locator("input[name=password]").fill(PASSWORD);
        page.locator("main button[type=submit]").click();
    }

    /** Leaves a picture where somebody wants to look. */
    private static void picture(Page page, String name) {
        String folder = System.getProperty("allmende.pictures");
        if (folder != null) {
            page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of(folder, name + ".png")));
        }
    }

    @ParameterizedTest
    @CsvSource({"en-GB,1280", "de-DE,360"})
    void domainsAreMadeAndOriginalsShownByTwo(String language, int width) {
        String domain = "project-" + width;
        PseudonymService service = site.bean(PseudonymService.class);
        chromium.look(language, width, page -> {
            logIn(page, "tina");
            assertThat(page).hasURL(site.url() + "/pseudonyms");
            check(page);
            page.locator("#name").fill(domain + " no name");
            page.locator(".psn-form button[type=submit]").click();
            assertThat(page.locator("[role=alert]")).isVisible();
            page.locator("#name").fill(domain);
            page.locator(".psn-form button[type=submit]").click();
            assertThat(page.locator("[role=status]")).isVisible();
            page.locator("#name").fill(domain + "/below");
            page.locator("#parent").selectOption(domain);
            page.locator("#keeps").check();
            page.locator(".psn-form button[type=submit]").click();
            check(page);
            picture(page, "domains-" + width);
            String pseudonym = String.valueOf(
                    TrustCentre.done(service.create(domain, List.of("MR-4711"))).get("MR-4711"));
            page.navigate(site.url() + "/pseudonyms/requests");
            page.locator("#domain").selectOption(domain);
            page.locator("#pseudonyms").fill(pseudonym + "\nUNKNOWN");
            page.locator("#purpose").fill("A finding that the patient has to be told / Zufallsbefund");
            page.locator(".psn-form button[type=submit]").click();
            check(page);
            picture(page, "asked-" + width);
            Assertions.assertThat(page.content()).doesNotContain("MR-4711");
        });
        chromium.look(language, width, page -> {
            logIn(page, "tom");
            page.navigate(site.url() + "/pseudonyms/requests");
            page.locator(".psn-request summary").last().click();
            check(page);
            picture(page, "waiting-" + width);
            page.locator(".psn-act button[type=submit]").first().click();
            assertThat(page.locator("[role=status]")).isVisible();
        });
        chromium.look(language, width, page -> {
            logIn(page, "tina");
            page.navigate(site.url() + "/pseudonyms/requests");
            page.locator("form[action$='/resolve'] button").first().click();
            assertThat(page.locator(".psn-originals")).containsText("MR-4711");
            check(page);
            picture(page, "resolved-" + width);
        });
        chromium.look(language, width, page -> {
            logIn(page, "dora");
            page.navigate(site.url() + "/pseudonyms");
            check(page);
            picture(page, "steward-" + width);
            assertThat(page.locator(".psn-form")).hasCount(0);
        });
    }
}
