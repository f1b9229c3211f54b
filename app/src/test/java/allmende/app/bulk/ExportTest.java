package allmende.app.bulk;

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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Exports of a small hospital that is written over HTTP. */
class ExportTest {

    private static final int PATIENTS = 30;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String[] ASYNC = {"Prefer", "respond-async"};

    private static Path data;
    private static Started site;

    @BeforeAll
    static void start() throws Exception {
        data = Hospital.temporary("allmende-export");
        site = Started.over(data, Access.OPEN);
        StringBuilder bundle = new StringBuilder("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[");
        for (int i = 0; i < PATIENTS; i++) {
            bundle.append(entry("Patient/p" + i, "{'resourceType':'Patient','id':'p" + i + "','gender':'male'}"));
            bundle.append(entry(
                    "Observation/o" + i,
                    "{'resourceType':'Observation','id':'o" + i + "','status':'final','subject':{'reference':'Patient/p"
                            + i + "'}}"));
        }
        bundle.append(entry("Organization/x", "{'resourceType':'Organization','id':'x'}"));
        bundle.append(entry(
                "Group/g",
                "{'resourceType':'Group','id':'g','type':'person','actual':true,'member':["
                        + "{'entity':{'reference':'Patient/p1'}},{'entity':{'reference':'Patient/p2'}}]}"));
        bundle.setLength(bundle.length() - 1);
        HttpResponse<String> written = send("POST", "/fhir", bundle.append("]}").toString());
        assertThat(written.statusCode()).as(written.body()).isEqualTo(200);
    }

    private static String entry(String url, String resource) {
        return "{\"resource\":" + resource.replace('\'', '"') + ",\"request\":{\"method\":\"PUT\",\"url\":\"" + url
                + "\"}},";
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static HttpResponse<String> send(String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(path.startsWith("http") ? path : site.url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static String kickOff(String method, String path, String body) throws Exception {
        HttpResponse<String> begun = send(method, path, body, ASYNC);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        return header(begun, "Content-Location");
    }

    private static JsonNode manifest(String job) throws Exception {
        while (true) {
            HttpResponse<String> status = send("GET", job, "");
            if (status.statusCode() != 202) {
                assertThat(status.statusCode()).as(status.body()).isEqualTo(200);
                assertThat(header(status, "Expires")).endsWith("GMT");
                return FhirJson.parse(status.body().getBytes(StandardCharsets.UTF_8));
            }
            assertThat(header(status, "Retry-After")).isEqualTo("1");
            assertThat(header(status, "X-Progress")).contains("%");
            Thread.sleep(20);
        }
    }

    /** Lines of all files, by type. */
    private static Map<String, List<String>> files(JsonNode manifest) throws Exception {
        Map<String, List<String>> files = new TreeMap<>();
        for (JsonNode output : manifest.path("output").values()) {
            HttpResponse<String> file = send("GET", output.path("url").asString(), "");
            assertThat(header(file, "Content-Type")).isEqualTo("application/fhir+ndjson");
            List<String> lines = file.body().lines().toList();
            assertThat(lines).hasSize(output.path("count").asInt());
            files.computeIfAbsent(output.path("type").asString(), first -> new ArrayList<>())
                    .addAll(lines);
        }
        return files;
    }

    @Test
    void wholeSystemComesWithVersions() throws Exception {
        Map<String, List<String>> files = files(manifest(kickOff("GET", "/fhir/$export", "")));

        assertThat(files).containsOnlyKeys("Group", "Observation", "Organization", "Patient");
        assertThat(files.get("Patient"))
                .hasSize(PATIENTS)
                .allMatch(line -> line.contains("\"meta\":{\"versionId\":\"1\",\"lastUpdated\":\"20"));
    }

    @Test
    void patientsBringWhatIsTheirs() throws Exception {
        assertThat(files(manifest(kickOff("GET", "/fhir/Patient/$export", ""))))
                .containsOnlyKeys("Observation", "Patient");
        assertThat(files(manifest(kickOff("GET", "/fhir/Patient/$export?_type=Patient", ""))))
                .containsOnlyKeys("Patient");
    }

    @Test
    void groupsBringTheirMembers() throws Exception {
        Map<String, List<String>> files = files(manifest(kickOff(
                "POST",
                "/fhir/Group/g/$export",
                "{'resourceType':'Parameters','parameter':[{'name':'_type','valueString':'Patient,Observation'}]}"
                        .replace('\'', '"'))));

        assertThat(files.get("Patient")).hasSize(2);
        assertThat(files.get("Observation")).hasSize(2);
    }

    @Test
    void sinceLeavesOutWhatIsOlder() throws Exception {
        assertThat(files(manifest(kickOff("GET", "/fhir/$export?_since=2100-01-01T00:00:00Z", ""))))
                .isEmpty();
    }

    @Test
    void deletedJobsAreGone() throws Exception {
        String job = kickOff("GET", "/fhir/$export", "");
        JsonNode manifest = manifest(job);
        assertThat(send("DELETE", job, "").statusCode()).isEqualTo(202);
        assertThat(send("GET", job, "").statusCode()).isEqualTo(404);
        String file = manifest.path("output").path(0).path("url").asString();
        assertThat(send("GET", file, "").statusCode()).isEqualTo(404);
        assertThat(data.resolve("exports").resolve(job.substring(job.lastIndexOf('/') + 1)))
                .doesNotExist();
    }

    @Test
    void whatCantBeMeantIsRefused() throws Exception {
        assertThat(send("GET", "/fhir/$export", "").statusCode()).isEqualTo(400);
        for (String query :
                List.of("_type=Unicorn", "_outputFormat=text/csv", "_elements=id", "_since=soon", "_typeFilter=x")) {
            HttpResponse<String> refused = send("GET", "/fhir/$export?" + query, "", ASYNC);
            assertThat(refused.statusCode()).as(query).isEqualTo(400);
            assertThat(refused.body()).contains("OperationOutcome");
        }
        assertThat(send("GET", "/fhir/Group/nobody/$export", "", ASYNC).statusCode())
                .isEqualTo(404);
    }

    @Test
    void tablesAreExportedToo() throws Exception {
        String view = "{'resourceType':'Parameters','parameter':[{'name':'_format','valueCode':'csv'},{'name':'view',"
                + "'part':[{'name':'viewReference','valueReference':{'reference':'ViewDefinition/patient'}}]}]}";
        JsonNode manifest = manifest(kickOff("POST", "/fhir/ViewDefinition/$export", view.replace('\'', '"')));
        HttpResponse<String> file =
                send("GET", manifest.path("output").path(0).path("url").asString(), "");
        assertThat(file.body().lines()).hasSize(PATIENTS + 1);
    }

    @Test
    void anExportGoesOnAfterARestart() throws Exception {
        String job = kickOff("GET", "/fhir/$export", "");
        Map<String, List<String>> before = files(manifest(job));
        String id = job.substring(job.lastIndexOf('/') + 1);
        site.close();
        Path folder = data.resolve("exports").resolve(id);
        Files.delete(folder.resolve("done"));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("Patient"))
                    .toList()) {
                Files.delete(file);
            }
        }
        site = Started.over(data, Access.OPEN);

        assertThat(files(manifest(site.url() + "/fhir/bulk/" + id))).isEqualTo(before);
    }
}
