package allmende.app.administration;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.identity.Account;
import allmende.app.identity.ProviderRoles;
import allmende.app.identity.Role;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Login by an OpenID Connect provider, over HTTP; {@link ProviderBrowserTest} does it in a browser. */
class ProviderLoginTest {

    private static final ProviderRoles ROLES = new ProviderRoles(
            "realm_access.roles", Map.of("allmende-office", Role.COORDINATION, "allmende-admin", Role.ADMIN));

    private static FakeProvider provider;
    private static PeoplePortal portal;

    @BeforeAll
    static void start() {
        provider = FakeProvider.start(0, FakeProvider.SECRET);
        portal = PeoplePortal.start(provider.settings(ROLES));
    }

    @AfterAll
    static void stop() {
        portal.close();
        provider.close();
    }

    @BeforeEach
    void honest() {
        provider.subject = "s-1";
        provider.about = Map.of("name", "Dr. Paula Fern", "email", "paula@example.org");
        provider.twist = claims -> claims;
        provider.signer = FakeProvider.KEY;
        provider.refusal = null;
        provider.tokensAway = false;
    }

    private static Visitor visitor() {
        return new Visitor(portal.url(), "de");
    }

    private static String whoIs(Visitor visitor) {
        return visitor.get("/workbench").body().replaceAll("(?s).*<h1>|</h1>.*", "");
    }

    private static Account account(String displayName) {
        return portal.accounts().all().stream()
                .filter(account -> account.displayName().equals(displayName))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> person(String name, String... groups) {
        return Map.of("name", name, "email", "x@example.org", "realm_access", Map.of("roles", List.of(groups)));
    }

    @Test
    void theFirstLoginMakesAResearcherWhoseInstitutionIsStillToBeConfirmed() {
        Visitor paula = visitor();

        assertThat(paula.get("/login").body()).contains("Prüfdienst");
        assertThat(paula.logInByProvider()).isEqualTo("/workbench");

        Account account = account("Dr. Paula Fern");
        assertThat(account.roles()).containsExactly(Role.RESEARCHER);
        assertThat(account.affiliationConfirmed()).isFalse();
        assertThat(account.email()).isEqualTo("paula@example.org");
        assertThat(whoIs(paula)).isEqualTo(account.name());
        assertThat(paula.get("/account").body())
                .contains("wartet auf Bestätigung", "Sie melden sich über Prüfdienst an")
                .doesNotContain("name=\"old\"");
        assertThat(portal.audit().entries(account.name(), Long.MAX_VALUE, 10))
                .extracting(entry -> entry.event().what())
                .contains("account.created", "account.linked", "session.login");
    }

    @Test
    void thePersonIsTheSubjectWhateverNameAndAddressSay() {
        provider.subject = "s-2";
        provider.about = person("Erste Person");
        visitor().logInByProvider();
        Account first = account("Erste Person");

        provider.about = person("Erste Person mit neuem Namen");
        Visitor again = visitor();
        again.logInByProvider();
        assertThat(whoIs(again)).isEqualTo(first.name());

        provider.subject = "s-3";
        Visitor other = visitor();
        other.logInByProvider();
        assertThat(whoIs(other)).isNotEqualTo(first.name());
    }

    @Test
    void theProviderGivesAndTakesTheRolesThatTheRulesName() {
        provider.subject = "s-4";
        provider.about = person("Karla Amt", "allmende-office", "unrelated");
        Visitor karla = visitor();
        karla.logInByProvider();

        assertThat(account("Karla Amt").roles()).containsExactlyInAnyOrder(Role.RESEARCHER, Role.COORDINATION);
        assertThat(karla.get("/coordination").statusCode()).isEqualTo(200);

        provider.about = person("Karla Amt", "allmende-admin");
        visitor().logInByProvider();
        assertThat(account("Karla Amt").roles()).containsExactlyInAnyOrder(Role.RESEARCHER, Role.ADMIN);
        assertThat(karla.to(karla.get("/coordination")))
                .as("the session with the old roles")
                .endsWith("/login?ended");

        provider.about = person("Karla Amt");
        visitor().logInByProvider();
        assertThat(account("Karla Amt").roles()).containsExactly(Role.RESEARCHER);
    }

    @Test
    void theLastAdministratorStaysOneWhateverTheProviderSays() {
        provider.subject = "s-5";
        provider.about = person("Letzte Verwaltung", "allmende-admin");
        visitor().logInByProvider();
        long alex = portal.accounts().find("alex").orElseThrow().id();
        portal.desk().setRoles(alex, Set.of(), "test");
        try {
            provider.about = person("Letzte Verwaltung");
            assertThat(visitor().logInByProvider()).isEqualTo("/workbench");
            assertThat(account("Letzte Verwaltung").roles()).contains(Role.ADMIN);
        } finally {
            portal.desk().setRoles(alex, Set.of(Role.ADMIN), "test");
        }
    }

    static Stream<Arguments> untrueTokens() {
        return Stream.of(
                Arguments.of("issuer", twist(claims -> claims.issuer("http://localhost:1"))),
                Arguments.of("audience", twist(claims -> claims.audience("another-portal"))),
                Arguments.of("nonce", twist(claims -> claims.claim("nonce", "of another login"))),
                Arguments.of("no nonce", twist(claims -> claims.claim("nonce", null))),
                Arguments.of("expired", twist(claims -> claims.issueTime(
                                Date.from(Instant.now().minusSeconds(900)))
                        .expirationTime(Date.from(Instant.now().minusSeconds(600))))),
                Arguments.of("no subject", twist(claims -> claims.subject(null))),
                Arguments.of("another subject than the provider's", twist(claims -> claims.subject("s-999"))));
    }

    private static UnaryOperator<JWTClaimsSet.Builder> twist(UnaryOperator<JWTClaimsSet.Builder> twist) {
        return twist;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("untrueTokens")
    void aTokenThatIsNotTrueLogsNobodyIn(String what, UnaryOperator<JWTClaimsSet.Builder> twist) {
        provider.twist = twist;
        refused("REFUSED", "hat die Prüfung nicht bestanden");
    }

    @Test
    void aForeignSignatureLogsNobodyIn() {
        provider.signer = FakeProvider.FOREIGN_KEY;
        refused("REFUSED", "hat die Prüfung nicht bestanden");
    }

    @Test
    void whoDoesNotWantToOrIsShutOutIsToldSo() {
        provider.refusal = "access_denied";
        refused("CANCELLED", "Der Anmeldedienst hat Sie nicht angemeldet");

        provider.refusal = null;
        provider.subject = "s-6";
        provider.about = person("Gesperrte Person");
        visitor().logInByProvider();
        portal.desk().lock(account("Gesperrte Person").id(), "alex");
        refused("SHUT", "Ihr Konto an diesem Portal ist gesperrt");
    }

    @Test
    void aProviderThatFailsDuringTheLoginIsToldSo() {
        provider.tokensAway = true;
        refused("AWAY", "Der Anmeldedienst ist nicht erreichbar");
    }

    @Test
    void aLoginThatNobodyBeganHereIsRefused() {
        Visitor victim = visitor();
        assertThat(victim.to(victim.get("/login/oauth2/code/provider?code=stolen&state=made-up")))
                .isEqualTo("/login?error=stale");
        assertThat(victim.get("/login?error=stale").body()).contains("in einem anderen Fenster begonnen");
    }

    private static void refused(String fault, String sentence) {
        Visitor visitor = visitor();
        String to = visitor.logInByProvider();
        assertThat(to).isEqualTo("/login?error=" + fault.toLowerCase(Locale.ROOT));
        assertThat(visitor.get(to).body()).contains(sentence).doesNotContain("??", "Exception");
        assertThat(visitor.to(visitor.get("/account")))
                .as("nobody is logged in")
                .endsWith("/login");
    }

    @Test
    void aPortalStartsWithoutItsProviderAndFindsItLater() {
        FakeProvider later = FakeProvider.start(0, "");
        int port = later.port();
        later.close();
        try (PeoplePortal patient = PeoplePortal.start(later.settings(ProviderRoles.NONE))) {
            Visitor visitor = new Visitor(patient.url(), "de");
            assertThat(visitor.logInByProvider()).isEqualTo("/login?error=away");
            assertThat(visitor.get("/login?error=away").body())
                    .contains("Der Anmeldedienst ist nicht erreichbar", "mit Namen und Kennwort");
            HttpResponse<String> program = api(patient, "Bearer abc", "de");
            assertThat(program.statusCode()).isEqualTo(503);
            assertThat(program.body()).contains("nicht erreichbar");
            assertThat(visitor.logIn("ada")).isEqualTo("/workbench");

            try (FakeProvider other = FakeProvider.start(port, FakeProvider.SECRET)) {
                assertThat(new Visitor(patient.url(), "de").logInByProvider())
                        .as("a provider that wants a secret of %s", other.issuer())
                        .isEqualTo("/login?error=settings");
            }
            try (FakeProvider back = FakeProvider.start(port, "")) {
                assertThat(new Visitor(patient.url(), "de").logInByProvider())
                        .as("a client of %s without a secret", back.issuer())
                        .isEqualTo("/workbench");
            }
            assertThat(visitor.get("/login?error=settings").body()).contains("kennen einander nicht");
        }
    }

    @Test
    void theSessionSurvivesTheWayBackFromTheProviderAndIsStillNotForForeignForms() {
        assertThat(visitor().get("/login").headers().firstValue("Set-Cookie"))
                .get()
                .asString()
                .contains("SameSite=Lax", "HttpOnly");
    }

    @Test
    void leavingThePortalLeavesTheProviderToo() {
        Visitor paula = visitor();
        paula.logInByProvider();
        String provided = paula.to(paula.post("/logout", Map.of()));

        assertThat(provided).startsWith(provider.issuer() + "/leave?");
        String back = paula.to(paula.get(provided));
        assertThat(provider.logouts()).last().asString().contains(".");
        assertThat(back).isEqualTo("/login?out");
        assertThat(paula.get("/login?out").body()).contains("abgemeldet");
        assertThat(paula.to(paula.get("/account"))).endsWith("/login");

        Visitor ada = visitor();
        ada.logIn("ada");
        assertThat(ada.to(ada.post("/logout", Map.of()))).isEqualTo("/login?out");
    }

    private static HttpResponse<String> api(PeoplePortal portal, String authorization, String language) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(portal.url() + "/api/whoami"))
                            .headers("Authorization", authorization, "Accept-Language", language)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> bearer(JWTClaimsSet.Builder claims) {
        return api(portal, "Bearer " + provider.signed(claims), "de");
    }

    @Test
    void programsShowTokensOfTheProvider() {
        visitor().logInByProvider();
        String name = account("Dr. Paula Fern").name();

        assertThat(bearer(provider.claims()).body()).isEqualTo(name);
        assertThat(bearer(provider.claims().audience("account").claim("azp", FakeProvider.CLIENT))
                        .body())
                .isEqualTo(name);
        assertThat(portal.accounts().all()).extracting(Account::name).contains(name);
    }

    @Test
    void programsWithoutAGoodTokenStayOutside() {
        visitor().logInByProvider();
        JWTClaimsSet.Builder old =
                provider.claims().expirationTime(Date.from(Instant.now().minusSeconds(600)));
        List<String> bad = List.of(
                provider.signed(old),
                provider.signed(provider.claims().audience("another-portal")),
                provider.signed(provider.claims().audience("another-portal").claim("azp", "another-portal")),
                provider.signed(provider.claims().issuer("http://localhost:1")),
                provider.signed(provider.claims().subject(null)),
                "abc",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJzLTEifQ.");
        for (String token : bad) {
            HttpResponse<String> answer = api(portal, "Bearer " + token, "de");
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
            assertThat(answer.body()).contains("Dieses Token öffnet das Portal nicht");
        }
        provider.signer = FakeProvider.FOREIGN_KEY;
        assertThat(bearer(provider.claims()).statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenOfSomebodyWhoNeverLoggedInOpensNothing() {
        HttpResponse<String> stranger = bearer(provider.claims().subject("s-never"));

        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(stranger.body()).contains("Zuerst im Browser");
        assertThat(api(portal, "Bearer abc", "en").body()).contains("does not open the portal");
    }
}
