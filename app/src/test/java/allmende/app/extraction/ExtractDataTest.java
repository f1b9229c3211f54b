package allmende.app.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.identity.Access;
import allmende.app.server.Started;
import allmende.core.fhir.FhirJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Extraction over HTTP, as existing pipelines ask for it. */
class ExtractDataTest {

    private static final String KDS = "https://www.medizininformatik-initiative.de/fhir/core/";
    private static final String DIAGNOSE = KDS + "modul-diagnose/StructureDefinition/Diagnose";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String CRTDL = """
            {'version':'1','cohortDefinition':{'version':'2','display':'','inclusionCriteria':[[{'context':{'code':'Patient',
            'system':'fdpg.mii.cds','display':'Patient'},'termCodes':[{'code':'263495000','system':'http://snomed.info/sct',
            'display':'Geschlecht'}],'valueFilter':{'type':'concept','selectedConcepts':[{'code':'female',
            'system':'http://hl7.org/fhir/administrative-gender','display':'f'}]}}]]},
            'dataExtraction':{'attributeGroups':[{'id':'p','name':'Person','groupReference':
            '%smodul-person/StructureDefinition/PatientPseudonymisiert','attributes':[{'attributeRef':'Patient.gender',
            'mustHave':false}]},{'id':'c','name':'Diagnose','groupReference':'%s','attributes':[{'attributeRef':
            'Condition.code','mustHave':false}]}]}}""".formatted(KDS, DIAGNOSE).replace('\'', '"');

    private static Path data;
    private static Started site;

    @BeforeAll
    static void start() throws Exception {
        data = Hospital.temporary("allmende-extract");
        site = Started.over(data, Access.OPEN);
        StringBuilder bundle = new StringBuilder("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[");
        for (int i = 0; i < 6; i++) {
            String sex = i % 2 == 0 ? "female" : "male";
            bundle.append(entry(
                    "Patient/p" + i,
                    "{'resourceType':'Patient','id':'p" + i + "','gender':'" + sex + "','name':[{'family':'F'}]}"));
            bundle.append(entry(
                    "Condition/c" + i,
                    "{'resourceType':'Condition','id':'c" + i + "','meta':{'profile':['" + DIAGNOSE
                            + "']},'code':{'text':'x'},'recordedDate':'2021','subject':{'reference':'Patient/p" + i
                            + "'}}"));
        }
        bundle.setLength(bundle.length() - 1);
        HttpResponse<String> written = send("POST", "/fhir", bundle.append("]}").toString());
        assertThat(written.statusCode()).as(written.body()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static String entry(String url, String resource) {
        return "{\"resource\":" + resource.replace('\'', '"') + ",\"request\":{\"method\":\"PUT\",\"url\":\"" + url
                + "\"}},";
    }

    private static HttpResponse<String> send(String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(path.startsWith("http") ? path : site.url() + path))
                .header("Content-Type", "application/fhir+json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String parameters(String crtdl, String... patients) {
        StringBuilder text = new StringBuilder("{\"resourceType\":\"Parameters\",\"parameter\":[");
        for (String patient : patients) {
            text.append("{\"name\":\"patient\",\"valueString\":\"")
                    .append(patient)
                    .append("\"},");
        }
        return text.append("{\"name\":\"crtdl\",\"valueBase64Binary\":\"")
                .append(Base64.getEncoder().encodeToString(crtdl.getBytes(StandardCharsets.UTF_8)))
                .append("\"}]}")
                .toString();
    }

    private static String kickOff(String... patients) throws Exception {
        HttpResponse<String> begun = send("POST", "/fhir/$extract-data", parameters(CRTDL, patients));
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        String status = begun.headers().firstValue("Content-Location").orElse("");
        assertThat(status).contains("/fhir/__status/");
        return status;
    }

    private static JsonNode json(HttpResponse<String> response) {
        return FhirJson.parse(response.body().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode manifest(String status) throws Exception {
        while (true) {
            HttpResponse<String> answer = send("GET", status, "");
            if (answer.statusCode() != 202) {
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                return json(answer);
            }
            assertThat(answer.headers().firstValue("X-Progress")).isPresent();
            assertThat(json(answer).path("resourceType").asString("")).isEqualTo("OperationOutcome");
            Thread.sleep(20);
        }
    }

    private static List<String> ids(JsonNode manifest) throws Exception {
        List<String> ids = new ArrayList<>();
        for (JsonNode output : manifest.path("output").values()) {
            HttpResponse<String> file = send("GET", output.path("url").asString(), "");
            assertThat(file.statusCode()).isEqualTo(200);
            file.body()
                    .lines()
                    .forEach(line ->
                            FhirJson.parse(line.getBytes(StandardCharsets.UTF_8)).path("entry").values().stream()
                                    .filter(entry -> !entry.path("request")
                                            .path("url")
                                            .asString("")
                                            .startsWith("Provenance/"))
                                    .forEach(entry -> ids.add(
                                            entry.path("request").path("url").asString(""))));
            assertThat(file.body()).doesNotContain("family");
        }
        return ids;
    }

    @Test
    void theCohortComesAsTransactionBundles() throws Exception {
        JsonNode manifest = manifest(kickOff());

        assertThat(manifest.path("requiresAccessToken").asBoolean()).isTrue();
        assertThat(ids(manifest))
                .containsExactlyInAnyOrder(
                        "Patient/p0", "Condition/c0", "Patient/p2", "Condition/c2", "Patient/p4", "Condition/c4");
    }

    @Test
    void namedPatientsComeInsteadOfTheCohort() throws Exception {
        assertThat(ids(manifest(kickOff("p1")))).containsExactly("Patient/p1", "Condition/c1");
    }

    @Test
    void whatIsWrongIsToldByPlace() throws Exception {
        HttpResponse<String> refused =
                send("POST", "/fhir/$extract-data", parameters(CRTDL.replace("Condition.code", "Observation.code")));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("/dataExtraction/attributeGroups/1/attributes/0/attributeRef");
        assertThat(send("POST", "/fhir/$extract-data", "{}").statusCode()).isEqualTo(400);
        assertThat(send("GET", "/fhir/__status/nothing", "").statusCode()).isEqualTo(404);
    }

    @Test
    void jobsAreTasks() throws Exception {
        String status = kickOff();
        String id = status.substring(status.lastIndexOf('/') + 1);
        manifest(status);

        HttpResponse<String> task = send("GET", "/fhir/Task/" + id, "");
        assertThat(json(task).path("status").asString("")).isEqualTo("completed");
        assertThat(json(send("GET", "/fhir/Task?_id=" + id + "&status=completed", "", "Prefer", "handling=strict"))
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(send("PUT", "/fhir/Task/" + id, task.body()).statusCode()).isEqualTo(428);
        assertThat(send("PUT", "/fhir/Task/" + id, task.body(), "If-Match", "W/\"0\"")
                        .statusCode())
                .isEqualTo(409);
        assertThat(send("POST", "/fhir/Task/" + id + "/$cancel", "").statusCode())
                .isEqualTo(409);
        assertThat(send("DELETE", "/fhir/Task/" + id, "").statusCode()).isEqualTo(204);
        assertThat(send("GET", status, "").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/fhir/Task", "").statusCode()).isEqualTo(200);
    }

    @Test
    void aJobThatWasAtWorkGoesOnAfterARestart() throws Exception {
        String status = kickOff();
        JsonNode before = manifest(status);
        String id = status.substring(status.lastIndexOf('/') + 1);
        List<String> ids = ids(before);
        site.close();
        Path file = data.resolve("extractions").resolve(id).resolve("job.json");
        String job = Files.readString(file);
        Files.writeString(file, job.replace("\"DONE\"", "\"RUNNING\""));
        Files.delete(data.resolve("extractions").resolve(id).resolve("work/batch-00001.json"));
        site = Started.over(data, Access.OPEN);

        assertThat(ids(manifest(site.url() + "/fhir/__status/" + id))).isEqualTo(ids);
    }
}
