package allmende.app.concepts;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import allmende.app.identity.Access;
import allmende.app.web.LayoutConfiguration;
import allmende.core.cohort.Catalogue;
import allmende.core.cohort.Catalogues;
import allmende.core.terminology.Terminology;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The pages of the search by themselves, with a stand-in for the editor that takes what is chosen. */
class ConceptPagesTest {

    private static final List<String> ARGUMENTS =
            List.of("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking");
    private static final String TARGET = "/workbench/7/add?to=inclusion-0";

    private static @Nullable ConfigurableApplicationContext server;
    private static @Nullable Playwright playwright;
    private static @Nullable Browser browser;
    private static String url = "";

    private final List<String> complaints = new ArrayList<>();
    private @Nullable BrowserContext context;

    /** Keeps what was used in memory. */
    static final class Remembered implements RecentConcepts {

        private final List<Used> used = new CopyOnWriteArrayList<>();

        @Override
        public void used(String account, List<Used> concepts) {
            concepts.forEach(concept -> {
                used.remove(concept);
                used.addFirst(concept);
            });
        }

        @Override
        public List<Used> latest(String account, int limit) {
            return used.stream().limit(limit).toList();
        }
    }

    /** Where the editor would be. */
    @RestController
    static class Editor {

        @PostMapping(path = "/workbench/7/add", produces = MediaType.TEXT_HTML_VALUE)
        String add(@RequestParam String to, @RequestParam MultiValueMap<String, String> form) {
            List<String> codes = ChosenConcept.all(form).stream()
                    .map(chosen -> chosen.coding().code())
                    .toList();
            return "<!DOCTYPE html><html lang=en><link rel=icon href=data:,><title>Editor</title><main><h1>" + to + " "
                    + codes + "</h1></main>";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({ConceptController.class, ConceptApi.class, LayoutConfiguration.class, Editor.class})
    static class Pages {

        @Bean(destroyMethod = "close")
        ConceptSearch search() {
            return Searched.open();
        }

        @Bean
        Catalogue catalogue() {
            return Catalogues.shipped();
        }

        @Bean
        ConceptView view(ConceptSearch search, Catalogue catalogue) {
            return new ConceptView(search, catalogue);
        }

        @Bean
        Access access() {
            return Access.LOGIN;
        }

        @Bean
        RecentConcepts recent() {
            return new Remembered();
        }

        @Bean
        InMemoryUserDetailsManager users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("ada").password("{noop}ada").build());
        }

        @Bean
        SecurityFilterChain everybody(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }
    }

    @BeforeAll
    static void start() {
        ConfigurableApplicationContext started = new SpringApplicationBuilder(Pages.class)
                .logStartupInfo(false)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .properties(Map.of(
                        "server.port",
                        0,
                        "server.address",
                        "127.0.0.1",
                        "management.endpoint.health.validate-group-membership",
                        false))
                .run();
        server = started;
        url = "http://127.0.0.1:" + started.getEnvironment().getRequiredProperty("local.server.port");
        started.getBean(ConceptSearch.class)
                .availability(Map.of(
                        "a", Searched.site("Diagnose", Terminology.ICD_10_GM, "I50", 1234),
                        "b", Searched.site("Diagnose", Terminology.ICD_10_GM, "I50", 66)));
    }

    private static Browser browser() {
        Browser known = browser;
        if (known != null) {
            return known;
        }
        Optional<Path> chromium = Stream.of(System.getenv("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(chromium.isPresent(), "No Chromium was found: the pages are not driven in a browser");
        Playwright started = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        playwright = started;
        Browser fresh = started.chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.get())
                        .setArgs(ARGUMENTS));
        browser = fresh;
        return fresh;
    }

    @AfterAll
    static void stop() {
        if (playwright != null) {
            playwright.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void closeAndListen() {
        if (context != null) {
            context.close();
        }
        assertThat(complaints).as("the browser's console").isEmpty();
    }

    private Page open(String path, String language, boolean scripts) {
        BrowserContext fresh = browser()
                .newContext(new Browser.NewContextOptions()
                        .setLocale(language)
                        .setJavaScriptEnabled(scripts)
                        .setHttpCredentials("ada", "ada")
                        .setExtraHTTPHeaders(Map.of("Authorization", "Basic YWRhOmFkYQ=="))
                        .setViewportSize(360, 740));
        context = fresh;
        Page page = fresh.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(url + path);
        return page;
    }

    private static void assertFitsAndIsAccessible(Page page) {
        List<Rule> violations = new AxeBuilder(page).analyze().getViolations();
        assertThat(violations)
                .extracting(rule -> rule.getId() + " " + rule.getNodes())
                .isEmpty();
        assertThat((Boolean)
                        page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .as("no sideways scrolling at 360 px")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-GB", "de-DE"})
    void everyPageFitsAPhoneAndIsAccessibleInBothLanguages(String language) {
        for (String path : List.of(
                "/concepts",
                "/concepts?q=Herzinsuffizienz&target="
                        + TARGET.replace("?", "%3F").replace("=", "%3D"),
                "/concepts?q=xqzzkwv",
                "/concepts/concept?context=Diagnose&system=" + Terminology.ICD_10_GM
                        + "&code=I50&target=/workbench/7/add",
                "/concepts/concept?context=Laboruntersuchung&system=http://loinc.org&code=4548-4",
                "/concepts/tree",
                "/concepts/tree?context=Diagnose&system=" + Terminology.ICD_10_GM + "&code=I50&target=/workbench/7/add",
                "/concepts/bulk?target=/workbench/7/add")) {
            Page page = open(path, language, true);
            assertThat(page.locator("html")).hasAttribute("lang", language.substring(0, 2));
            assertFitsAndIsAccessible(page);
            page.context().close();
        }
    }

    @Test
    void typingShowsWhatIsFoundAndTellsHowMuch() {
        Page page = open("/concepts", "en-GB", true);
        page.getByLabel("Words or a code").pressSequentially("heart fail");
        assertThat(page.locator(".cs-found .cs-row__name").first()).hasText("Heart failure");
        assertThat(page.locator("#concept-status")).containsText("concepts found");
        assertThat(page.locator(".cs-found .cs-row__patients").first()).hasText("1,300 patients at 2 hospitals");
        page.locator(".cs-facet")
                .filter(new Locator.FilterOptions().setHasText("Cause of death"))
                .click();
        assertThat(page.locator(".cs-found .cs-row__name")).hasCount(1);
    }

    @Test
    void withoutScriptsOneSearchesWalksTheTreeChoosesAndFindsItAgain() {
        Page page = open("/concepts?target=/workbench/7/add%3Fto%3Dinclusion-0", "de-DE", false);
        page.getByLabel("Wörter oder ein Code").fill("I50.1");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Suchen").setExact(true))
                .click();
        page.locator(".cs-row__tree").first().click();
        assertThat(page.locator(".cs-above")).containsText("I50");
        page.locator("input[type=checkbox]").nth(1).check();
        page.locator("input[type=checkbox]").nth(2).check();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Angekreuzte hinzufügen"))
                .press("Enter");
        assertThat(page.locator("h1")).hasText("inclusion-0 [I50.11, I50.12]");
        page.navigate(url + "/concepts");
        assertThat(page.locator(".cs-recent .cs-row__code").first()).hasText("I50.12");
    }

    @Test
    void aModuleNarrowsTheSearchWithAndWithoutScripts() {
        Page page = open("/concepts", "en-GB", true);
        page.getByLabel("Words or a code").fill("heart failure");
        assertThat(page.locator("#concept-status")).containsText("concepts found");
        page.locator("#concept-context").selectOption("Diagnose");
        assertThat(page.locator(".cs-facet[aria-current=true]")).containsText("Diagnosis");
        assertThat(page.locator(".cs-found .cs-row__name").first()).hasText("Heart failure");
        page.context().close();

        page = open("/concepts?q=heart", "de-DE", false);
        page.locator("#concept-context").selectOption("module:onkologie");
        page.locator(".cs-form__go").press("Enter");
        assertThat(page.locator("#concept-context")).hasValue("module:onkologie");
    }

    @Test
    void theKindOfDataThatIsChosenByALinkIsAlsoChosenInTheForm() {
        Page page = open("/concepts", "en-GB", true);
        page.getByLabel("Words or a code").fill("heart failure");
        assertThat(page.locator("#concept-status")).containsText("concepts found");
        page.locator(".cs-facet")
                .filter(new Locator.FilterOptions().setHasText("Cause of death"))
                .click();
        assertThat(page.locator("#concept-context")).hasValue("Todesursache");
        page.getByLabel("Words or a code").fill("heart");
        assertThat(page.locator(".cs-facet[aria-current=true]")).containsText("Cause of death");
    }

    @Test
    void aConceptTellsAllAboutItself() {
        Page page = open("/concepts?q=I50", "en-GB", true);
        page.locator(".cs-found .cs-row__details").first().press("Enter");
        assertThat(page.locator("h1")).hasText("Heart failure");
        assertThat(page.locator(".cs-facts__code")).hasText("I50");
        assertThat(page.locator(".cs-facts")).containsText(Terminology.ICD_10_GM);
        assertThat(page.locator(".cs-facts dd[lang=de]")).hasText("Herzinsuffizienz");
        assertThat(page.locator(".cs-facts dd[lang=en]")).hasText("Heart failure");
        assertThat(page.locator(".cs-words li").filter(new Locator.FilterOptions().setHasText("Herzschwäche")))
                .hasCount(1);
        assertThat(page.locator(".cs-facts")).containsText("1,300 patients at 2 hospitals");
        assertThat(page.locator(".cs-contexts li a[aria-current]")).hasText("Diagnosis");
        assertThat(page.locator(".cs-above li").last()).containsText("I30-I52");
        assertThat(page.locator(".cs-above li").last()).containsText("No hospital has published any");
        assertThat(page.locator(".cs-list__rows .cs-row__code").first()).hasText("I50.0");
        assertFitsAndIsAccessible(page);
    }

    @Test
    void aSingleConceptIsAddedByItsOwnButton() {
        Page page = open("/concepts?q=I50.1&target=/workbench/7/add%3Fto%3Dx", "en-GB", true);
        page.locator(".cs-found .cs-row__acts button").first().press("Enter");
        assertThat(page.locator("h1")).hasText("x [I50.1]");
    }

    @Test
    void aPastedListIsLookedUpAndAdded() {
        Page page = open("/concepts/bulk?target=/workbench/7/add%3Fto%3Dx", "en-GB", true);
        page.getByLabel("Codes", new Page.GetByLabelOptions().setExact(true)).fill("I21.0, J44\nE11.9 X99.99");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Look up"))
                .click();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("3 found, 0 ambiguous, 1 not found");
        assertThat(page.locator(".cs-missing")).hasText("X99.99");
        assertFitsAndIsAccessible(page);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add all 3"))
                .click();
        assertThat(page.locator("h1")).hasText("x [I21.0, J44, E11.9]");
    }

    @Test
    void programsGetTheSame() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpResponse<String> found = client.send(
                HttpRequest.newBuilder(URI.create(url + "/api/concepts/search?q=heart%20attack&limit=3"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.body()).contains("\"code\":\"I21\"").contains("\"contexts\":{");
        HttpResponse<String> tree = client.send(
                HttpRequest.newBuilder(URI.create(
                                url + "/api/concepts/tree?context=Diagnose&code=I50&system=" + Terminology.ICD_10_GM))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(tree.body()).contains("\"parents\":[").contains("\"patients\":1300");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://elsewhere.example/workbench/",
                "//elsewhere.example/workbench/",
                "/workbench/../admin",
                "/workbench/%2e%2e/admin",
                "/workbench//elsewhere.example",
                "/admin/users",
                "javascript:alert(1)",
                "/workbench/\\elsewhere",
                "/workbench/a b"
            })
    void onlyTheWorkbenchIsATarget(String target) {
        assertThat(ConceptAddress.safeTarget(target)).isNull();
        assertThat(ConceptAddress.safeTarget(TARGET)).isEqualTo(TARGET);
    }
}
