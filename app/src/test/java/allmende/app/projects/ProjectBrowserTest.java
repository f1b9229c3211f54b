package allmende.app.projects;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Chromium;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A project by clicks, in both languages and on a narrow screen; every page is looked at for accessibility. */
class ProjectBrowserTest {

    private static Chromium chromium;
    private static Town town;

    @BeforeAll
    static void start() throws Exception {
        Path executable = Chromium.find();
        town = Town.shared();
        chromium = Chromium.start(executable);
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
    }

    @AfterAll
    static void stop() {
        town = null;
        if (chromium != null) {
            chromium.close();
            chromium = null;
        }
    }

    private static void logIn(Page page, String name) {
        page.context().clearCookies();
        page.navigate(town.site.url() + "/login");
        page.locator("input[name=username]").fill(name);
        page.locator("input[name=password]").fill(Town.PASSWORD);
        page.locator("main button[type=submit]").click();
    }

    private static void go(Page page, String path) {
        page.navigate(town.site.url() + path);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void aProjectGoesItsWayByClicks() {
        chromium.look("en-GB", 1280, page -> {
            logIn(page, "stefan");
            go(page, "/projects");
            Chromium.check(page);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("New project"))
                    .click();
            Chromium.check(page);
            fill(page, "CLICKS");
            button(page, "Hand in").click();
            page.waitForURL("**/projects/CLICKS");
            assertThat(page.locator(".told")).containsText("The request was entered");
            Chromium.check(page);
            button(page, "Mark as checked").click();
            button(page, "Build").click();
            for (int i = 0; i < 100 && page.getByText("Being built").count() > 0; i++) {
                page.waitForTimeout(200);
                page.reload();
            }
            assertThat(page.locator("#decide-heading")).isVisible();
            Chromium.check(page);
            page.getByText("Look at de-identified rows").click();
            assertThat(page.locator("table").first()).isVisible();
            assertThat(page.content()).doesNotContain("Geheimnis");
            Chromium.check(page);

            logIn(page, "ada");
            go(page, "/projects/CLICKS");
            assertThat(button(page, "Approve")).hasCount(0);
            page.getByText("Enter the vote of the committee").click();
            page.getByLabel("For the project").check();
            page.locator("#vote-day").fill("2026-04-30");
            page.locator("#vote-reference").fill("UAC 2026/17");
            Chromium.check(page);
            button(page, "Enter the vote").click();
            assertThat(page.locator(".told")).containsText("The vote was entered");
            button(page, "Approve").click();
            assertThat(page.locator(".told")).containsText("Your approval was entered");
            assertThat(page.locator("main")).containsText("You have approved it already");
            logIn(page, "eve");
            go(page, "/projects/CLICKS");
            button(page, "Approve").click();
            Chromium.check(page);
            button(page, "Encrypt and deliver").click();
            String token = page.locator(".told code").textContent();
            Chromium.check(page);
            page.reload();
            assertThat(page.content()).doesNotContain(token);
            recipient(page, token);
            logIn(page, "stefan");
            go(page, "/projects/register?text=CLICKS");
            assertThat(page.locator("table")).containsText("CLICKS");
            Chromium.check(page);
        });
    }

    private static void fill(Page page, String id) {
        page.locator("#id").fill(id);
        page.locator("#title").fill("Heart failure at home");
        page.locator("#purpose").fill("Predict decompensation");
        page.locator("#legalBasis").fill("Broad consent, vote 2026/17");
        page.locator("#crtdl").fill(Town.crtdl(true));
        page.locator("#recipient").fill("Dr. Rike Forschung");
        page.locator("#recipientKey").fill(town.recipient.open());
        page.locator("#lastDay").fill("2090-12-31");
    }

    /** Fetches the file as the recipient, who has no account. */
    private static void recipient(Page page, String token) {
        page.context().clearCookies();
        go(page, "/deliveries");
        Chromium.check(page);
        page.locator("#token").fill("wrong");
        button(page, "Show the delivery").click();
        assertThat(page.locator(".told")).containsText("There is no delivery");
        page.locator("#token").fill(token);
        button(page, "Show the delivery").click();
        Chromium.check(page);
        try {
            Path file =
                    page.waitForDownload(() -> button(page, "Fetch").click()).path();
            assertThat(Files.size(file)).isPositive();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void thePagesFitANarrowScreenInGerman() throws Exception {
        town.request("SCHMAL", true);
        town.as("stefan", "check", "SCHMAL");
        town.as("stefan", "build", "SCHMAL");
        chromium.look("de-DE", 360, page -> {
            logIn(page, "ada");
            for (String path : new String[] {
                "/projects",
                "/projects/new",
                "/projects/SCHMAL",
                "/projects/SCHMAL/sample",
                "/projects/SCHMAL/change",
                "/projects/register",
                "/projects/deletions",
                "/deliveries"
            }) {
                go(page, path);
                Chromium.check(page);
            }
            logIn(page, "stefan");
            go(page, "/subjects");
            Chromium.check(page);
            page.locator("#patient").fill("p-yes");
            button(page, "Auskunft erstellen").click();
            assertThat(page.locator("main")).containsText("Diagnosen");
            Chromium.check(page);
            logIn(page, "pia");
            go(page, "/my-data/report");
            assertThat(page.locator("main")).containsText("Was Sie erlaubt haben");
            Chromium.check(page);
            page.setViewportSize(1280, 900);
            Chromium.check(page);
        });
    }
}
