package allmende.app.administration;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import allmende.app.identity.ProviderRoles;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Login by a provider at another site, in Chromium: whether the session's cookie survives the way back and the content
 * policy lets the logout through, only a browser can tell. Skips visibly where there is none.
 */
class ProviderBrowserTest {

    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-quic");

    @Test
    void logsInByTheProviderAndOutAgain() {
        Optional<Path> chromium = Stream.of(System.getenv("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/google-chrome")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(chromium.isPresent(), "No Chromium was found: the login by a provider is not driven in a browser");
        try (FakeProvider provider = FakeProvider.start(0, FakeProvider.SECRET);
                PeoplePortal portal = PeoplePortal.start(provider.settings(ProviderRoles.NONE));
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium.get())
                                .setArgs(ARGUMENTS))) {
            Page page = browser.newPage(
                    new Browser.NewPageOptions().setLocale("de-DE").setViewportSize(360, 800));
            page.navigate(portal.url() + "/account");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Anmelden mit Prüfdienst"))
                    .click();
            assertThat(page).hasURL(Pattern.compile("http://localhost:\\d+/authorize.*"));
            page.locator("#me").click();

            assertThat(page).hasURL(portal.url() + "/account");
            assertThat(page.locator("h1")).hasText("Dr. Paula Fern");

            page.getByText("Menü").press("Enter");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile(".* abmelden")))
                    .click();
            assertThat(page).hasURL(portal.url() + "/login?out");
            assertThat(provider.logouts()).hasSize(1);

            provider.refusal = "access_denied";
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Anmelden mit Prüfdienst"))
                    .click();
            page.locator("#me").click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("Der Anmeldedienst hat Sie nicht angemeldet");
            shoot(page);
        }
    }

    private static void shoot(Page page) {
        String shots = System.getProperty("allmende.shots");
        if (shots != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of(shots, "provider-refused-de-360.png")));
        }
    }
}
