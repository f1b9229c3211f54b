package allmende.app.selection;

import static allmende.app.server.PortalForTest.ADMIN;
import static allmende.app.server.PortalForTest.RESEARCHER;
import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.server.PortalForTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The doors for programs, over HTTP. */
class ProgramsTest {

    private static final String COHORT = """
            {"version": "2", "display": "Hypertension", "inclusionCriteria": [[
              {"context": {"system": "fdpg.mii.cds", "code": "Diagnose", "display": "Diagnose"},
               "termCodes": [{"system": "http://fhir.de/CodeSystem/bfarm/icd-10-gm", "code": "I10", "display": "x"}],
               "somethingOfOthers": [1.50, 2e3]}]]}
            """;
    private static final String DATA = """
            {"version":"1", "display":"",  "cohortDefinition":%s,
             "dataExtraction":{"attributeGroups":[{"id":"p","name":"Patient",
              "groupReference":"https://www.medizininformatik-initiative.de/fhir/core/modul-person/StructureDefinition/PatientPseudonymisiert",
              "attributes":[{"attributeRef":"Patient.gender","mustHave":false}]}]}, "kept": 1.10}""".formatted(COHORT);

    private static PortalForTest portal;

    @BeforeAll
    static void start() {
        portal = PortalForTest.shared();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return portal.send(RESEARCHER, "GET", path, "");
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return portal.send(RESEARCHER, "POST", path, body);
    }

    private static String location(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return response.headers().firstValue("Location").orElseThrow();
    }

    @Test
    void aDocumentPutInComesOutIdentical() throws IOException, InterruptedException {
        String question = location(post("/api/questions?name=Mine", DATA));

        assertThat(get(question + "/document").body()).isEqualTo(DATA);
        assertThat(get(question).body()).contains("\"name\":\"Mine\"", "\"revision\":1");
        assertThat(get("/api/questions").body()).contains("\"Mine\"");
        assertThat(portal.send(RESEARCHER, "DELETE", question, "").statusCode()).isEqualTo(204);
        assertThat(get(question).statusCode()).isEqualTo(404);
    }

    @Test
    void aSavedQueryOfTheNationalPortalComesOutIdentical() throws IOException, InterruptedException {
        String saved = location(
                post("/api/v5/query/data", "{\"comment\":\"c\",\"label\":\"Saved\",\"content\":" + DATA + "}"));

        assertThat(get(saved + "/crtdl").body()).isEqualTo(DATA);
        assertThat(get(saved).body()).contains("\"label\":\"Saved\"", "\"comment\":\"c\"", "\"content\":" + DATA);
        assertThat(get("/api/v5/query/data").body()).contains("\"label\":\"Saved\"");
        assertThat(get("/api/v5/query/data/query-slots").body()).contains("\"total\":100");

        String renamed = "{\"label\":\"Renamed\",\"content\":" + DATA + "}";
        assertThat(portal.send(RESEARCHER, "PUT", saved, renamed).statusCode()).isEqualTo(204);
        assertThat(get(saved).body()).contains("\"label\":\"Renamed\"");
        assertThat(portal.send(ADMIN, "GET", saved, "").statusCode())
                .as("another's query")
                .isEqualTo(404);
        assertThat(portal.send(RESEARCHER, "DELETE", saved, "").statusCode()).isEqualTo(204);
        assertThat(get(saved).statusCode()).isEqualTo(404);
    }

    @Test
    void replacingNamesTheRevisionThatWasSeen() throws IOException, InterruptedException {
        String question = location(post("/api/questions", DATA));
        String changed = DATA.replace("1.10", "1.20");

        assertThat(portal.send(RESEARCHER, "PUT", question + "/document?revision=1", changed)
                        .statusCode())
                .isEqualTo(204);
        assertThat(portal.send(RESEARCHER, "PUT", question + "/document?revision=1", DATA)
                        .statusCode())
                .isEqualTo(409);
        assertThat(get(question + "/document").body()).isEqualTo(changed);
    }

    @Test
    void aQueryThatNobodyIsThereToAnswerIsNotKept() throws IOException, InterruptedException {
        HttpResponse<String> asked = post("/api/v5/query/feasibility", COHORT);

        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(503);
        assertThat(asked.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(get("/api/questions").body()).doesNotContain("Hypertension");
    }

    @Test
    void theResultOfNothingIsMissing() throws IOException, InterruptedException {
        assertThat(get("/api/v5/query/feasibility/999/summary-result").statusCode())
                .isEqualTo(404);
        assertThat(get("/api/v5/query/feasibility/999/detailed-obfuscated-result")
                        .statusCode())
                .isEqualTo(404);
        assertThat(get("/api/v5/query/feasibility/999/detailed-result").statusCode())
                .isEqualTo(403);
        assertThat(portal.send(ADMIN, "GET", "/api/v5/query/feasibility/999/detailed-result", "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void quotasAndRulesAreTold() throws IOException, InterruptedException {
        assertThat(get("/api/v5/query/feasibility/quota").body()).contains("\"limit\":50", "\"used\":0", "\"limit\":3");
        assertThat(get("/api/v5/query/feasibility/detailed-obfuscated-result-rate-limit")
                        .body())
                .isEqualTo("{\"limit\":3,\"remaining\":3}");
        assertThat(get("/api/v5/.settings").body()).contains("\"totalHiddenBelow\":20", "\"breakdownFromSites\":3");
        assertThat(get("/api/v5/query/data/by-user/1").statusCode()).isEqualTo(403);
        assertThat(portal.send(ADMIN, "GET", "/api/v5/query/data/by-user/1", "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void documentsAreCheckedUpgradedAndConverted() throws IOException, InterruptedException {
        assertThat(post("/api/v5/validation/ccdl", COHORT).statusCode()).isEqualTo(200);
        assertThat(post("/api/v5/validation/crtdl", DATA).body()).contains("\"valid\":true", "unknown-member");
        assertThat(post("/api/v5/validation/crtdl", COHORT).statusCode()).isEqualTo(400);
        assertThat(post("/api/v5/validation/dataquery", "{\"content\":" + DATA + "}")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> bad = post("/api/v5/validation/ccdl", COHORT.replace("\"Diagnose\"", "\"Nonsense\""));
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.body()).contains("\"pointer\":\"/inclusionCriteria/0/0/context");

        HttpResponse<String> newest =
                post("/api/v5/upgrade/crtdl", DATA.replace("\"version\": \"2\"", "\"version\": \"old\""));
        assertThat(newest.headers().firstValue("Differences")).contains("1");
        assertThat(newest.body()).doesNotContain("\"old\"").contains("1.10");
        assertThat(post("/api/v5/query/data/convert/crtdl", DATA).headers().firstValue("Content-Type"))
                .contains("application/zip");
        assertThat(post("/api/v5/query/feasibility/cql", COHORT).headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/cql"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/questions",
                "/api/v5/query/feasibility",
                "/api/v5/query/data",
                "/api/v5/query/data/convert/crtdl",
                "/api/v5/query/feasibility/cql",
                "/api/v5/upgrade/crtdl",
                "/api/v5/validation/ccdl",
                "/api/v5/validation/dataquery"
            })
    void whatIsNoJsonIsRefusedWithAReason(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = post(path, "{\"inclusionCriteria\": [");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body()).contains("\"problems\":[{\"pointer\"").doesNotContain("Exception");
    }

    @Test
    void conceptsAreFound() throws IOException, InterruptedException {
        assertThat(get("/api/v5/terminology/entry/search?searchterm=I10&page-size=5")
                        .body())
                .contains("\"totalHits\":", "\"termcode\":\"I10\"");
        assertThat(get("/api/v5/terminology/search/filter").body()).contains("\"kds-module\"", "\"Diagnose\"");
    }

    @Test
    void codesAreLookedUpAtOnce() throws IOException, InterruptedException {
        String body = "{\"searchterms\": [\"I10\", \"Q99.99\"], \"context\": \"Diagnose\","
                + " \"terminology\": \"http://fhir.de/CodeSystem/bfarm/icd-10-gm\"}";
        String found = post("/api/v5/terminology/entry/bulk-search", body).body();

        assertThat(found).contains("\"termcode\":\"I10\"", "\"notFound\":[\"Q99.99\"]");
        assertThat(post("/api/v5/terminology/entry/bulk-search", "{}").body())
                .isEqualTo("{\"found\":[],\"notFound\":[]}");
    }

    @Test
    void aConceptHasItsPlaceAmongOthers() throws IOException, InterruptedException {
        String found = get("/api/v5/terminology/entry/search?searchterm=I10&context=Diagnose&page-size=1")
                .body();
        String id = found.replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1");

        assertThat(get("/api/v5/terminology/entry/" + id).body())
                .contains("\"id\":\"" + id, "\"context\":\"Diagnose\"");
        assertThat(get("/api/v5/terminology/entry/" + id + "/relations").body())
                .contains("\"parents\":[{", "\"termcode\":\"I10.0\"", "\"relatedTerms\":[");
        for (String unknown : new String[] {"nonsense", "!!", "YQpiCmM"}) {
            assertThat(get("/api/v5/terminology/entry/" + unknown + "/relations")
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThat(get("/api/v5/terminology/systems").body())
                .contains("{\"url\":\"http://fhir.de/CodeSystem/bfarm/icd-10-gm\",\"name\":\"icd-10-gm\"}");
    }

    @Test
    void problemsAreToldInTheCallersLanguage() throws IOException, InterruptedException {
        String broken = "{\"inclusionCriteria\": [";

        assertThat(portal.send(RESEARCHER, "POST", "/api/questions", broken, "de-DE, en;q=0.5")
                        .body())
                .contains("Das Dokument ist so nicht zu gebrauchen", "kein lesbares JSON", "\"code\":\"file-not-json");
        assertThat(portal.send(RESEARCHER, "POST", "/api/questions", broken, "en")
                        .body())
                .contains("can't be used", "not readable JSON");
        assertThat(portal.send(RESEARCHER, "GET", "/api/questions/999", "", "de")
                        .body())
                .contains("gibt es für dieses Konto nicht");
        assertThat(portal.send(RESEARCHER, "POST", "/api/v5/validation/crtdl", DATA, "de")
                        .body())
                .contains("gehört zu keiner bekannten Fassung");
    }

    @Test
    void theDescriptionIsServed() throws IOException, InterruptedException {
        assertThat(get("/api/openapi.json").body()).startsWith("{").contains("\"openapi\": \"3.1.0\"");
    }

    @Test
    void nobodyGetsInWithoutLoggingIn() throws IOException, InterruptedException {
        assertThat(portal.send("nobody", "GET", "/api/questions", "").statusCode())
                .isEqualTo(401);
    }
}
