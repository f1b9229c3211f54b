package allmende.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.cli.Typed;
import allmende.app.identity.Access;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A site with login, over an empty store; a load beside it is indexed by the site. */
class LoginSiteTest {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final String QUERY = "{\"version\": \"2\", \"inclusionCriteria\": []}";
    private static final String PASSWORD = "correct horse battery";

    private static Path data;
    private static Started site;

    @BeforeAll
    static void start() throws InterruptedException {
        data = Hospital.temporary("allmende-login");
        Typed.run(PASSWORD + "\n", new String[] {"user", "add", "--data", data.toString(), "--password-stdin", "ada"});
        Typed.run(PASSWORD + "\n", new String[] {
            "user", "add", "--role", "auditor", "--data", data.toString(), "--password-stdin", "otto"
        });
        site = Started.over(data, Access.LOGIN);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void programsNeedAPassword() throws Exception {
        HttpResponse<String> without = site.post("/query/execute", QUERY, "Content-Type", "application/sq+json");
        HttpResponse<String> wrong = site.post(
                "/api/cohort/count",
                QUERY,
                "Content-Type",
                "application/json",
                "Authorization",
                Started.basic("ada", "wrong"));
        HttpResponse<String> right = site.post(
                "/query/execute",
                QUERY,
                "Content-Type",
                "application/sq+json",
                "Authorization",
                Started.basic("ada", PASSWORD));

        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(without.headers().firstValue("WWW-Authenticate"))
                .get()
                .asString()
                .startsWith("Basic");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(right.statusCode()).isEqualTo(400);
        assertThat(site.get("/cache/stats").statusCode()).isEqualTo(401);
    }

    @Test
    void peopleLogIn() throws Exception {
        HttpResponse<String> page = site.get("/");
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location")).get().asString().endsWith("/login");

        HttpResponse<String> form = site.get("/login");
        assertThat(form.statusCode()).isEqualTo(200);
        String cookie = cookie(form);
        assertThat(form.headers().firstValue("Set-Cookie")).get().asString().contains("HttpOnly", "SameSite=Strict");

        HttpResponse<String> denied = login(form, cookie, "not the password");
        assertThat(denied.headers().firstValue("Location")).get().asString().endsWith("/login?error");
        HttpResponse<String> accepted = login(form, cookie, PASSWORD);
        assertThat(accepted.statusCode()).isEqualTo(302);
        HttpResponse<String> home = site.get("/", "Cookie", cookie(accepted));
        assertThat(home.statusCode()).isEqualTo(200);
        assertThat(home.body()).contains("Log out ada");
    }

    @Test
    void assetsAndHealthNeedNoLogin() throws Exception {
        assertThat(site.get("/vendor/kern/kern.min.css").statusCode()).isEqualTo(200);
        assertThat(site.get("/vendor/echarts/LICENSE").statusCode()).isEqualTo(200);
        assertThat(site.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(site.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    }

    @Test
    void aLoadBesideTheSiteIsCounted() throws Exception {
        Path file = data.resolve("more.json");
        java.nio.file.Files.writeString(
                file, "{\"resourceType\": \"Patient\", \"id\": \"beside\", \"birthDate\": \"1950-01-01\"}");

        Typed loaded = Typed.run("load", "--data", data.toString(), file.toString());
        assertThat(loaded.code()).as(loaded.err()).isZero();
        assertThat(loaded.err()).contains("The index of the running site has reached");

        Typed erased = Typed.run("erase", "--data", data.toString(), "beside");
        assertThat(erased.code()).as(erased.err()).isZero();
        assertThat(erased.out()).containsPattern("resources +1\n");
    }

    private static HttpResponse<String> events(String account, String query) throws Exception {
        return site.get("/fhir/AuditEvent" + query, "Authorization", Started.basic(account, PASSWORD));
    }

    /** The log is written by a thread of its own. */
    private static String untilLogged(String query, String word) throws Exception {
        String events = events("otto", query).body();
        for (int i = 0; i < 100 && !events.contains(word); i++) {
            Thread.sleep(100);
            events = events("otto", query).body();
        }
        return events;
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    @Test
    void auditorsReadTheAccessLogOverFhir() throws Exception {
        for (int i = 0; i < 3; i++) {
            site.get("/fhir/Patient/logged-" + i, "Authorization", Started.basic("ada", PASSWORD));
            site.get("/fhir/Patient?_id=logged", "Authorization", Started.basic("ada", PASSWORD));
        }
        untilLogged("?agent=ada&_count=2", "\"next\"");
        HttpResponse<String> first = events("otto", "?agent=ada&_count=2&date=ge2020");
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        JsonNode bundle = json(first);
        assertThat(bundle.path("entry")).hasSize(2);
        assertThat(bundle.at("/entry/0/resource/resourceType").asString()).isEqualTo("AuditEvent");
        String next = bundle.at("/link/1/url").asString();
        JsonNode second = json(events("otto", next.substring(next.indexOf('?'))));
        assertThat(second.at("/entry/0/resource/id").asInt())
                .isLessThan(bundle.at("/entry/1/resource/id").asInt());
        String id = bundle.at("/entry/0/resource/id").asString();
        assertThat(json(events("otto", "/" + id)).path("id").asString()).isEqualTo(id);
        assertThat(json(events("otto", "?date=lt2020")).path("entry")).isEmpty();
        assertThat(events("otto", "?outcome=0").statusCode()).isEqualTo(400);
        assertThat(events("otto", "/99999999").statusCode()).isEqualTo(404);
        // Who reads data sees AuditEvents that were loaded, of which there are none.
        assertThat(json(events("ada", "")).path("entry")).isEmpty();
        assertThat(site.get("/fhir/Patient", "Authorization", Started.basic("otto", PASSWORD))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void commandsThatReadPastTheDoorsAreNoted() throws Exception {
        Path table = data.resolve("patients.csv");
        Typed made = Typed.run("table", "patient", "--data", data.toString(), "--out", table.toString());
        assertThat(made.code()).as(made.err()).isZero();
        Typed.run("quarantine", "show", "4711", "--data", data.toString());
        assertThat(untilLogged("?agent=this-machine", "quarantine/4711"))
                .contains("table/Patient")
                .contains("quarantine/4711");
    }

    private static HttpResponse<String> login(HttpResponse<String> form, String cookie, String password)
            throws Exception {
        Matcher token = CSRF.matcher(form.body());
        assertThat(token.find()).isTrue();
        String body = "_csrf=" + token.group(1) + "&username=ada&password=" + password.replace(" ", "+");
        return site.post("/login", body, "Content-Type", "application/x-www-form-urlencoded", "Cookie", cookie);
    }

    private static String cookie(HttpResponse<String> response) {
        return response.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("allmende-site="))
                .reduce((first, second) -> second)
                .orElseThrow()
                .split(";")[0];
    }
}
