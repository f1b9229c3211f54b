package allmende.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.cli.Typed;
import allmende.app.identity.Access;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A site without login over a real database and a real, small hospital. */
class OpenSiteTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String[] SQ = {"Content-Type", "application/sq+json"};
    private static final String[] PLAIN_JSON = {"Content-Type", "application/json"};
    private static final String EVERYBODY = """
            {"version": "2", "inclusionCriteria": [[
              {"context": {"system": "fdpg.mii.cds", "code": "Patient"},
               "termCodes": [{"system": "http://snomed.info/sct", "code": "424144002", "display": "Age"}],
               "valueFilter": {"type": "quantity-comparator", "comparator": "ge", "value": 0, "unit": {"code": "a"}}}]]}
            """;

    private static Started site;

    @BeforeAll
    static void start() throws InterruptedException {
        site = Started.over(Hospital.data(), Access.OPEN);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void answersABareIntegerLikeFlare() throws Exception {
        HttpResponse<String> sq = site.post("/query/execute", EVERYBODY, SQ);
        HttpResponse<String> json = site.post("/query/execute", EVERYBODY, PLAIN_JSON);

        assertThat(sq.statusCode()).isEqualTo(200);
        assertThat(sq.body()).isEqualTo(Integer.toString(Hospital.PATIENTS));
        assertThat(json.body()).isEqualTo(sq.body());
        assertThat(sq.headers().firstValue("Cache-Control")).get().asString().contains("no-store");
    }

    @Test
    void answersTheHealthProbe() throws Exception {
        HttpResponse<String> stats = site.get("/cache/stats");

        assertThat(stats.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(stats.body()).isObject()).isTrue();
    }

    @Test
    void answersWithTheFunnel() throws Exception {
        JsonNode answer = JSON.readTree(site.post("/api/cohort/count?today=2026-01-01", EVERYBODY, PLAIN_JSON)
                .body());

        assertThat(answer.get("count").asInt()).isEqualTo(Hospital.PATIENTS);
        assertThat(answer.get("t").asLong()).isPositive();
        assertThat(answer.at("/funnel/inclusion/0/criteria/0/pointer").asString())
                .startsWith("/inclusionCriteria/0/0");
        assertThat(answer.get("notes").isArray()).isTrue();
    }

    @Test
    void errorsAreProblemsWithPointers() throws Exception {
        HttpResponse<String> unknown = site.post("/query/execute", EVERYBODY.replace("\"Patient\"", "\"Nobody\""), SQ);
        HttpResponse<String> broken = site.post("/api/cohort/count", "{", PLAIN_JSON);
        HttpResponse<String> wrongDay = site.post("/api/cohort/count?today=yesterday", EVERYBODY, PLAIN_JSON);

        assertThat(unknown.statusCode()).isEqualTo(400);
        assertProblem(unknown);
        assertThat(JSON.readTree(unknown.body()).at("/problems/0/pointer").asString())
                .startsWith("/inclusionCriteria/0/0/context");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertProblem(broken);
        assertThat(wrongDay.statusCode()).isEqualTo(400);
        assertProblem(wrongDay);
    }

    @Test
    void refusesOtherTypesMethodsAndLengths() throws Exception {
        HttpResponse<String> text = site.post("/query/execute", EVERYBODY, "Content-Type", "text/plain");
        HttpResponse<String> method = site.get("/query/execute");
        HttpResponse<String> large = site.post("/query/execute", " ".repeat((1 << 20) + 1), SQ);
        HttpResponse<String> missing = site.get("/api/nothing");

        assertThat(text.statusCode()).isEqualTo(415);
        assertProblem(text);
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(large.statusCode()).isEqualTo(413);
        assertProblem(large);
        assertThat(missing.statusCode()).isEqualTo(404);
        assertProblem(missing);
    }

    @Test
    void answersToTheLoopbacksNamesOnly() throws Exception {
        assertThat(site.get("/").statusCode()).isEqualTo(200);
        // The client of the JDK sets Host itself; a proxy-like absolute name must come over a bare socket.
        assertThat(BareHttp.status(site.url(), "evil.example")).isEqualTo(400);
        assertThat(BareHttp.status(site.url(), "localhost")).isEqualTo(200);
    }

    @Test
    void operationsWantTheToken() throws Exception {
        assertThat(site.get("/operations/index").statusCode()).isEqualTo(401);
        assertThat(site.get("/operations/index", "Authorization", "Bearer wrong")
                        .statusCode())
                .isEqualTo(401);
        HttpResponse<String> state = site.get("/operations/index", "Authorization", "Bearer " + site.token());
        assertThat(state.statusCode()).isEqualTo(200);
        JsonNode index = JSON.readTree(state.body());
        assertThat(index.get("t").asLong()).isEqualTo(index.get("storeT").asLong());
    }

    @Test
    void isReadyAndLeaksNothing() throws Exception {
        assertThat(site.get("/actuator/health/readiness").body()).contains("\"UP\"");
        assertThat(site.get("/actuator/env").statusCode()).isEqualTo(404);
        HttpResponse<String> page = site.get("/");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .contains("default-src 'none'", "script-src 'self'");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(page.body()).doesNotContain("<style", "style=\"", "onclick=");
    }

    @Test
    void formsAreProtectedAgainstForgery() throws Exception {
        HttpResponse<String> forged =
                site.post("/query", "query=%7B%7D", "Content-Type", "application/x-www-form-urlencoded");

        assertThat(forged.statusCode()).isEqualTo(403);
    }

    @Test
    void commandsTalkToTheRunningSite(@TempDir Path folder) throws Exception {
        String data = Hospital.data().toString();
        Path query = Files.writeString(folder.resolve("q.json"), EVERYBODY);
        Path runFile = Hospital.data().resolve("run/site.json");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(runFile)))
                .isEqualTo("rw-------");
        Typed counted = Typed.run("count", "--json", "--data", data, query.toString());
        assertThat(counted.code()).as(counted.err()).isZero();
        assertThat(JSON.readTree(counted.out()).get("count").asInt()).isEqualTo(Hospital.PATIENTS);
        assertThat(Typed.run("index", "status", "--data", data).out()).contains("rebuilding  no");
        Typed rebuilt = Typed.run("index", "rebuild", "--data", data);
        assertThat(rebuilt.code()).as(rebuilt.err()).isZero();
        Typed second = Typed.run("site", "--open", "--data", data, "--port", "0");
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err()).contains("A site runs already");
    }

    private static void assertProblem(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Content-Type"))
                .get()
                .asString()
                .startsWith("application/problem+json");
        assertThat(JSON.readTree(response.body()).get("status").asInt()).isEqualTo(response.statusCode());
        assertThat(response.body()).doesNotContain("Exception", "trace");
    }
}
