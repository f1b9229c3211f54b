package allmende.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.cli.Typed;
import allmende.app.identity.Access;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * No patient data in logs: data with marks goes in, errors are provoked at every door, and then everything that was logged
 * is searched for the marks.
 */
class LogLeakTest {

    /** Stands in names, values, codes, identifiers, passwords, parameters: everything but ids of patients. */
    private static final String MARK = "Zwetschgenmus";
    /** The id of a patient, which the access log may hold in its one place and nothing else may. */
    private static final String PATIENT = "zw3tschg3";

    private static final String PASSWORD = "correct horse battery staple";
    private static final String FHIR = "application/fhir+json";
    private static final String PATIENT_JSON = """
            {"resourceType": "Patient", "id": "%s", "birthDate": "1950-01-01", "name": [{"family": "%s"}],
             "identifier": [{"system": "urn:%s", "value": "%s"}]}""".formatted(PATIENT, MARK, MARK, MARK);
    private static final String OBSERVATION = """
            {"resourceType": "Observation", "id": "o1", "status": "final", "subject": {"reference": "Patient/%s"},
             "code": {"coding": [{"system": "http://loinc.org", "code": "%s"}], "text": "%s"},
             "valueString": "%s"}""".formatted(PATIENT, MARK, MARK, MARK);

    private static final PrintStream OUT = System.out;
    private static final PrintStream ERR = System.err;
    private static final ByteArrayOutputStream CAUGHT = new ByteArrayOutputStream();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static Path data;
    private static Started site;
    private static Level before;

    @BeforeAll
    static void start() throws Exception {
        PrintStream caught = new PrintStream(CAUGHT, true, StandardCharsets.UTF_8);
        System.setOut(caught);
        System.setErr(caught);
        Logger ours = (Logger) LoggerFactory.getLogger("allmende");
        before = ours.getLevel();
        // As the command that serves a site has it.
        ours.setLevel(Level.INFO);
        data = Hospital.temporary("allmende-leak");
        Typed.run(PASSWORD + "\n", new String[] {"user", "add", "ada", "--password-stdin", "--data", data.toString()});
        site = Started.over(data, Access.LOGIN);
    }

    @AfterAll
    static void stop() {
        ((Logger) LoggerFactory.getLogger("allmende")).setLevel(before);
        System.setOut(OUT);
        System.setErr(ERR);
        site.close();
    }

    private static String send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(site.url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (List.of(headers).stream().noneMatch("Authorization"::equals)) {
            // Not a password: hashing some hundred of them takes longer than all the rest.
            request.header("Authorization", "Bearer " + site.token());
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + method + " " + path + " " + response.body();
    }

    private static String json(String method, String path, String body) throws Exception {
        return send(method, path, body, "Content-Type", FHIR);
    }

    @Test
    void nothingOfPatientsIsLogged() throws Exception {
        assertThat(json("PUT", "/fhir/Patient/" + PATIENT, PATIENT_JSON)).startsWith("201");
        assertThat(json("PUT", "/fhir/Observation/o1", OBSERVATION)).startsWith("201");
        assertThat(json("GET", "/fhir/Observation/o1", "")).startsWith("200").contains(MARK);
        List<String> answers = new ArrayList<>();
        badSearches(answers);
        badBodies(answers);
        badLogins(answers);
        otherDoors(answers);
        filesWithFaults();
        assertThat(answers).hasSizeGreaterThan(100);
        assertThat(answers.stream().filter(answer -> answer.startsWith("5")).toList())
                .as(CAUGHT.toString(StandardCharsets.UTF_8))
                .isEmpty();

        site.close();
        String logged = CAUGHT.toString(StandardCharsets.UTF_8);
        assertThat(logged).doesNotContainIgnoringCase(MARK).doesNotContainIgnoringCase(PATIENT);
        logFilesHoldNothing();
        theAccessLogHoldsIdsAlone();
        site = Started.over(data, Access.LOGIN);
    }

    private static void badSearches(List<String> answers) throws Exception {
        String mark = URLEncoder.encode(MARK + " | ü", StandardCharsets.UTF_8);
        for (String query : List.of(
                "?" + MARK + "=1",
                "?birthdate=" + mark,
                "?birthdate=gt" + MARK,
                "?name:" + MARK + "=1",
                "?name:exact=" + MARK,
                "?_sort=" + MARK,
                "?_count=" + MARK,
                "?_include=" + MARK,
                "?_has:" + MARK + ":x:y=1",
                "?general-practitioner." + MARK + "=1",
                "?_lastUpdated=" + MARK,
                "?_summary=" + MARK,
                "?identifier=" + MARK + "%7C" + MARK)) {
            answers.add(send("GET", "/fhir/Patient" + query, ""));
        }
        answers.add(send("GET", "/fhir/Observation?value-quantity=" + MARK, ""));
        answers.add(send(
                "POST",
                "/fhir/Patient/_search",
                "name=" + MARK + "&" + MARK + "=%zz",
                "Content-Type",
                "application/x-www-form-urlencoded"));
        for (String path : List.of(
                "/fhir/" + MARK + "/" + MARK,
                "/fhir/Patient/" + MARK,
                "/fhir/Patient/" + PATIENT + "/" + MARK,
                "/fhir/Patient/" + PATIENT + "/$" + MARK,
                "/fhir/Patient/" + PATIENT + "/_history/" + MARK,
                "/fhir/Patient/" + PATIENT + "/_history?_since=" + MARK,
                "/fhir/$" + MARK,
                "/fhir/$export?_type=" + MARK,
                "/fhir/CodeSystem/$lookup?system=urn:" + MARK + "&code=" + MARK,
                "/fhir/ValueSet/$expand?url=" + MARK + "&filter=" + MARK)) {
            answers.add(send("GET", path, ""));
        }
    }

    private static void badBodies(List<String> answers) throws Exception {
        String cut = PATIENT_JSON.substring(0, PATIENT_JSON.length() - 20);
        for (String body : List.of(
                cut,
                "{\"resourceType\": \"" + MARK + "\"}",
                "{\"resourceType\": \"Patient\", \"birthDate\": \"" + MARK + "\"}",
                "{\"resourceType\": \"Patient\", \"id\": 7, \"" + MARK + "\": {}}",
                "[\"" + MARK + "\"]",
                "\"" + MARK + "\u0000",
                "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"" + MARK + "\"/>",
                "{\"a\":".repeat(3000) + "\"" + MARK + "\"")) {
            answers.add(json("POST", "/fhir/Patient", body));
            answers.add(json("PUT", "/fhir/Patient/" + PATIENT, body));
            answers.add(json("POST", "/fhir", body));
            answers.add(json("POST", "/fhir/ViewDefinition/$run", body));
            answers.add(send("POST", "/fhir/Patient", body, "Content-Type", "application/fhir+xml"));
            answers.add(send("PATCH", "/fhir/Patient/" + PATIENT, body, "Content-Type", "application/json-patch+json"));
            answers.add(send("POST", "/api/cohort/count", body, "Content-Type", "application/json"));
            answers.add(send("POST", "/query/execute", body, "Content-Type", "application/sq+json"));
        }
        answers.add(json(
                "POST",
                "/fhir",
                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":" + PATIENT_JSON
                        + ",\"request\":{\"method\":\"PUT\",\"url\":\"Patient/" + MARK + "?x=" + MARK + "\"}}]}"));
        answers.add(send(
                "POST",
                "/fhir/Patient",
                PATIENT_JSON,
                "Content-Type",
                FHIR,
                "If-None-Exist",
                MARK + "=" + MARK,
                "Prefer",
                MARK));
        answers.add(
                send("PUT", "/fhir/Patient/" + PATIENT, PATIENT_JSON, "Content-Type", FHIR, "If-Match", "W/\"" + MARK));
        answers.add(send(
                "PATCH",
                "/fhir/Patient/" + PATIENT,
                "[{\"op\":\"replace\",\"path\":\"/" + MARK + "/0\",\"value\":\"" + MARK + "\"}]",
                "Content-Type",
                "application/json-patch+json"));
        answers.add(send("POST", "/fhir/Patient", PATIENT_JSON, "Content-Type", "text/" + MARK));
        answers.add(json("POST", "/fhir/Patient/$validate", PATIENT_JSON));
        answers.add(json("DELETE", "/fhir/Patient?name=" + MARK, ""));
    }

    private static void badLogins(List<String> answers) throws Exception {
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("{\"iss\":\"" + MARK + "\"}").getBytes(StandardCharsets.UTF_8));
        for (String login : List.of(
                "Bearer " + MARK,
                "Bearer allmende." + MARK,
                "Bearer a." + claims + ".b",
                "Basic " + MARK,
                Started.basic(MARK, MARK),
                Started.basic("ada", MARK),
                MARK)) {
            answers.add(send("GET", "/fhir/Patient/" + PATIENT, "", "Authorization", login));
        }
        answers.add(send(
                "POST",
                "/auth/token",
                "grant_type=client_credentials&client_assertion_type="
                        + "urn:ietf:params:oauth:client-assertion-type:jwt-bearer&scope=" + MARK
                        + "&client_assertion=e30." + claims + ".x",
                "Content-Type",
                "application/x-www-form-urlencoded"));
        answers.add(send("POST", "/login", "username=" + MARK + "&password=" + MARK, "Authorization", "none"));
    }

    private static void otherDoors(List<String> answers) throws Exception {
        for (String path : List.of(
                "/questions/" + MARK,
                "/audit?patient=" + MARK,
                "/quality?source=" + MARK,
                "/" + MARK,
                "/query?q=" + MARK,
                "/api/" + MARK,
                "/operations/" + MARK)) {
            answers.add(send("GET", path, ""));
            answers.add(send("GET", path, "", "Accept", MARK + "/" + MARK));
        }
    }

    /** Files by the commands: what they print is for who typed them, and holds no data either. */
    private static void filesWithFaults() throws IOException {
        Path file = data.resolve("faults.ndjson");
        Files.writeString(
                file,
                OBSERVATION.replace("\n", "").replace("o1", "o2") + "\n{\"resourceType\": \"Patient\", \"name\": \""
                        + MARK + "\n{\"resourceType\": \"" + MARK + "\", \"id\": \"x\"}\n");
        Typed loaded = Typed.run("load", "--data", data.toString(), file.toString());
        Typed listed = Typed.run("quarantine", "list", "--data", data.toString());
        Typed erased = Typed.run("erase", "--data", data.toString(), PATIENT);
        Typed again = Typed.run("erase", "--data", data.toString(), MARK);

        for (Typed typed : List.of(loaded, listed, erased)) {
            assertThat(typed.out() + typed.err()).doesNotContainIgnoringCase(MARK);
        }
        assertThat(erased.code()).as(erased.err()).isZero();
        assertThat(again.code()).isNotZero();
    }

    /** What databases and others write for their engineers. */
    private static void logFilesHoldNothing() throws IOException {
        try (Stream<Path> paths = Files.walk(data)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = path.getFileName().toString();
                boolean log = name.endsWith(".log") || name.endsWith(".err") || name.endsWith(".out");
                if (log || path.toString().contains("/log/")) {
                    assertThat(Files.readString(path, StandardCharsets.ISO_8859_1))
                            .as(path.toString())
                            .doesNotContainIgnoringCase(MARK)
                            .doesNotContainIgnoringCase(PATIENT);
                }
            }
        }
    }

    private static void theAccessLogHoldsIdsAlone() throws IOException {
        int seen = 0;
        try (Stream<Path> files = Files.list(data.resolve("audit"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".ndjson")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode event = JsonMapper.shared().readTree(line).path("event");
                    for (JsonNode entity : event.path("entity")) {
                        seen += entity.path("what")
                                        .path("reference")
                                        .asString("")
                                        .equals("Patient/" + PATIENT)
                                ? 1
                                : 0;
                        String query = new String(
                                Base64.getDecoder().decode(entity.path("query").asString("")), StandardCharsets.UTF_8);
                        assertThat(query).doesNotContainIgnoringCase(MARK).doesNotContainIgnoringCase(PATIENT);
                    }
                    assertThat(line).doesNotContainIgnoringCase(MARK);
                    assertThat(line.replace("\"reference\":\"Patient/" + PATIENT + "\"", ""))
                            .doesNotContain(PATIENT);
                }
            }
        }
        assertThat(seen).isGreaterThan(2);
        assertThat(Typed.run("audit", "verify", "--data", data.toString()).code())
                .isZero();
    }
}
