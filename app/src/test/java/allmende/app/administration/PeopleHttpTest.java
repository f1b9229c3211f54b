package allmende.app.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import allmende.app.audit.AuditLog;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The doors of a portal without a browser: forgery, roles, waits, what is told and what is not. */
class PeopleHttpTest {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private static PeoplePortal portal;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    @BeforeAll
    static void start() {
        portal = PeoplePortal.start(null);
    }

    @AfterAll
    static void stop() {
        portal.close();
        CLIENT.close();
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(portal.url() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String body, String cookie) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(portal.url() + path))
                        .headers("Content-Type", "application/x-www-form-urlencoded", "Cookie", cookie)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String cookie(HttpResponse<String> response) {
        return response.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    }

    private static HttpResponse<String> logIn(String name, String password) throws Exception {
        HttpResponse<String> form = get("/login");
        Matcher token = CSRF.matcher(form.body());
        assertThat(token.find()).isTrue();
        return post(
                "/login",
                "_csrf=" + token.group(1) + "&username=" + name + "&password="
                        + URLEncoder.encode(password, StandardCharsets.UTF_8),
                cookie(form));
    }

    private static String to(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElse("");
    }

    private static String basic(String name) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((name + ":" + PeoplePortal.PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aWrongNameAndAWrongPasswordAreAnsweredAlike() throws Exception {
        HttpResponse<String> unknown = logIn("nobody-at-all", "whatever it may be");
        HttpResponse<String> wrong = logIn("ada", "whatever it may be");

        assertThat(unknown.statusCode()).isEqualTo(wrong.statusCode()).isEqualTo(302);
        assertThat(to(unknown)).isEqualTo(to(wrong)).endsWith("/login?error");
        assertThat(get("/login?error", "Accept-Language", "de").body())
                .contains("Benutzername oder Kennwort ist falsch");
    }

    @Test
    void afterSeveralWrongPasswordsEvenTheRightOneWaitsUntilAnAdministratorEndsIt() throws Exception {
        for (int i = 0; i < 5; i++) {
            logIn("noa", "not the password " + i);
        }
        assertThat(to(logIn("noa", PeoplePortal.PASSWORD))).endsWith("/login?error");
        assertThat(portal.desk().waitsUntil("noa")).isPresent();

        portal.desk().endWait("noa", "alex");
        assertThat(to(logIn("noa", PeoplePortal.PASSWORD))).doesNotContain("error");
    }

    @Test
    void afterTheLoginThePageThatWasAskedForOpens() throws Exception {
        Visitor kim = new Visitor(portal.url(), "en");
        assertThat(kim.to(kim.get("/coordination?state=open"))).isEqualTo("/login");
        assertThat(kim.logIn("kim")).isEqualTo("/coordination?state=open");

        Visitor foreign = new Visitor(portal.url(), "en");
        foreign.get("/account?continue=https://evil.example/");
        assertThat(foreign.logIn("ada")).isEqualTo("/account?continue=https://evil.example/");
    }

    @Test
    void withoutSuchAPageEachRoleBeginsAtItsDesk() {
        assertThat(new Visitor(portal.url(), "en").logIn("ada")).isEqualTo("/workbench");
        assertThat(new Visitor(portal.url(), "en").logIn("kim")).isEqualTo("/coordination");
        assertThat(new Visitor(portal.url(), "en").logIn("alex")).isEqualTo("/admin");
    }

    @Test
    void aPartOfAPageIsNothingToBeLedTo() throws Exception {
        HttpResponse<String> part = get("/account", "HX-Request", "true", "Accept", "*/*");
        assertThat(part.statusCode()).isEqualTo(401);
        assertThat(part.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void anEndedSessionLeadsBackToItsPage() {
        Visitor ada = new Visitor(portal.url(), "en");
        ada.logIn("ada");
        portal.endSessions("ada");

        assertThat(ada.to(ada.get("/account?x=1"))).isEqualTo("/login?ended");
        assertThat(ada.logIn("ada")).isEqualTo("/account?x=1");
    }

    @Test
    void anAddressCutShortLeadsToTheListAbove() {
        Visitor alex = new Visitor(portal.url(), "en");
        alex.logIn("alex");
        assertThat(alex.to(alex.get("/admin/accounts"))).isEqualTo("/admin");
    }

    @Test
    void formsWithoutTheTokenOfTheSessionAreRefused() throws Exception {
        HttpResponse<String> loggedIn = logIn("ada", PeoplePortal.PASSWORD);

        assertThat(post("/team/create", "name=Forged", cookie(loggedIn)).statusCode())
                .isEqualTo(403);
        assertThat(post("/register", "displayName=Forged", "x=y").statusCode()).isEqualTo(403);
        assertThat(portal.accounts().find("ada").orElseThrow().team()).isNull();
    }

    @Test
    void aLoginGetsASessionOfItsOwn() throws Exception {
        HttpResponse<String> form = get("/login");
        HttpResponse<String> loggedIn = logIn("ada", PeoplePortal.PASSWORD);

        assertThat(loggedIn.headers().firstValue("Set-Cookie")).isPresent();
        assertThat(cookie(loggedIn)).isNotEqualTo(cookie(form));
    }

    @Test
    void pagesAllowNothingFromElsewhere() throws Exception {
        assertThat(get("/").headers().firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @Test
    void eachRoleOpensItsOwnDoors() throws Exception {
        String ada = cookie(logIn("ada", PeoplePortal.PASSWORD));
        String alex = cookie(logIn("alex", PeoplePortal.PASSWORD));

        assertThat(get("/admin", "Cookie", ada).statusCode()).isEqualTo(403);
        assertThat(get("/coordination", "Cookie", ada).statusCode()).isEqualTo(403);
        assertThat(get("/workbench", "Cookie", ada).statusCode()).isEqualTo(200);
        assertThat(get("/admin", "Cookie", alex).statusCode()).isEqualTo(200);
        assertThat(to(get("/account"))).endsWith("/login");
    }

    @Test
    void programsLogInWithEachRequestAndAreToldInTheirLanguage() throws Exception {
        HttpResponse<String> nobody = get("/api/whoami", "Accept-Language", "de");

        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(nobody.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(nobody.body()).contains("Kennwort");
        assertThat(get("/api/whoami", "Authorization", basic("ada")).body()).isEqualTo("ada");
        assertThat(get("/api/whoami", "Authorization", basic("kim")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void errorsSayNothingOfTheInside() throws Exception {
        HttpResponse<String> broken = get("/start/broken", "Accept", "text/html", "Accept-Language", "de");

        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(broken.body()).contains("Etwas ist schiefgegangen").doesNotContain("secret words", "Exception");
        assertThat(get("/start/nowhere", "Accept", "text/html").statusCode()).isEqualTo(404);
    }

    @Test
    void aLockedAccountLosesItsSessionAtOnce() throws Exception {
        String kim = cookie(logIn("kim", PeoplePortal.PASSWORD));
        assertThat(get("/coordination", "Cookie", kim).statusCode()).isEqualTo(200);
        long id = portal.accounts().find("kim").orElseThrow().id();

        assertThat(portal.desk().lock(id, "alex")).isTrue();
        assertThat(to(get("/coordination", "Cookie", kim))).endsWith("/login?ended");
        assertThat(to(logIn("kim", PeoplePortal.PASSWORD))).endsWith("/login?error");

        portal.desk().unlock(id, "alex");
        long alex = portal.accounts().find("alex").orElseThrow().id();
        assertThat(portal.desk().lock(alex, "alex"))
                .as("the last administrator")
                .isFalse();
    }

    @Test
    void theTrailShowsAChangedEntryAndRefusesChanges() {
        assertThat(portal.audit().verify()).isInstanceOf(AuditLog.Verdict.Intact.class);
        assertThatThrownBy(() -> portal.tables()
                        .jdbc()
                        .sql("update audit_entry set who = 'eve' where seq = 2")
                        .update())
                .hasMessageContaining("neither changed nor removed");

        portal.tables().transactions().executeWithoutResult(status -> {
            portal.tables()
                    .jdbc()
                    .sql("alter table audit_entry disable trigger all")
                    .update();
            portal.tables()
                    .jdbc()
                    .sql("update audit_entry set who = 'eve' where seq = 2")
                    .update();
            assertThat(portal.audit().verify()).isEqualTo(new AuditLog.Verdict.Broken(2));
            portal.tables().jdbc().sql("delete from audit_entry where seq = 2").update();
            assertThat(portal.audit().verify()).isEqualTo(new AuditLog.Verdict.Broken(2));
            status.setRollbackOnly();
        });
        assertThat(portal.audit().verify()).isInstanceOf(AuditLog.Verdict.Intact.class);
    }
}
