package allmende.app.quality;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.cli.Typed;
import allmende.app.identity.Access;
import allmende.app.server.Started;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A site checks what is loaded beside it: by rules, against an installed profile, and takes what the policy says away. */
class QualitySiteTest {

    private static final String PROFILE = """
            {"resourceType":"StructureDefinition","id":"named","url":"http://example.org/StructureDefinition/named",
             "version":"1.0.0","name":"Named","status":"active","fhirVersion":"4.0.1","kind":"resource","abstract":false,
             "type":"Patient","baseDefinition":"http://hl7.org/fhir/StructureDefinition/Patient",
             "derivation":"constraint","differential":{"element":[{"id":"Patient.name","path":"Patient.name","min":1}]}}""";
    private static final String DATA = """
            {"resourceType":"Patient","id":"good","meta":{"source":"urn:ward","profile":["http://example.org/StructureDefinition/named"]},"name":[{"family":"Muster"}],"gender":"male","birthDate":"1990-01-01","identifier":[{"value":"1"}]}
            {"resourceType":"Patient","id":"nameless","meta":{"source":"urn:lab","profile":["http://example.org/StructureDefinition/named"]},"gender":"female","birthDate":"1990-01-01","identifier":[{"value":"2"}]}
            {"resourceType":"Patient","id":"reported","meta":{"source":"urn:ward","profile":["http://example.org/StructureDefinition/named"]},"birthDate":"1990-01-01","identifier":[{"value":"3"}]}
            {"resourceType":"Condition","id":"birth","meta":{"source":"urn:ward"},"subject":{"reference":"Patient/good"},"recordedDate":"2020-01-01","code":{"coding":[{"system":"http://fhir.de/CodeSystem/bfarm/icd-10-gm","code":"O80"}]}}
            """;

    private static Path data;
    private static Started site;

    @BeforeAll
    static void start() throws Exception {
        data = Hospital.temporary("allmende-quality");
        Path folder = Files.createDirectories(data.resolveSibling(data.getFileName() + "-files"));
        Path definitions = Files.createDirectories(folder.resolve("small-profile"));
        Files.writeString(definitions.resolve("StructureDefinition-named.json"), PROFILE);
        Path file = Files.writeString(folder.resolve("data.ndjson"), DATA);
        Files.writeString(data.resolve(Policy.FILE), "{\"sources\":{\"urn:lab*\":\"quarantine\",\"*\":\"report\"}}");
        Typed.run("packages", "install", "--data", data.toString(), definitions.toString());
        Typed.run("load", "--data", data.toString(), file.toString());
        site = Started.over(data, Access.OPEN);
        await(() -> page("/quality/report.csv").contains("Minimum"));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void figuresOpenTheListsBehindThem() {
        assertThat(page("/quality"))
                .contains("The ICD-10-GM code does not fit the patient&#39;s sex", "/quality/resources?rule=icd-sex");
        assertThat(page("/quality?lang=de")).contains("Datenqualität", "passt nicht zum Geschlecht");
        assertThat(page("/quality/resources?rule=icd-sex&module=diagnose&source=urn:ward"))
                .contains("/fhir/Condition/birth");
        assertThat(page("/quality/resources?rule=patient-gender-missing")).contains("/fhir/Patient/reported");
    }

    @Test
    void theReportIsThereForPrograms() {
        assertThat(page("/quality/report.json")).contains("\"resourceType\":\"MeasureReport\"", "\"code\":\"icd-sex\"");
        assertThat(page("/quality/report.csv"))
                .startsWith("day,t,stream")
                .contains(",plausibility,icd-sex,warning,diagnose,urn:ward,1,1,100.00");
    }

    @Test
    void whatBreaksItsProfileIsTakenAwayOnlyWhereThePolicySaysSo() {
        await(() -> status("/fhir/Patient/nameless") == 410);
        assertThat(status("/fhir/Patient/good")).isEqualTo(200);
        assertThat(status("/fhir/Patient/reported")).isEqualTo(200);
        Typed listed = Typed.run("quarantine", "list", "--data", data.toString());
        assertThat(listed.out()).contains("breaks-profile", "Patient/nameless").doesNotContain("Muster");
    }

    private static String page(String path) {
        return get(path).body();
    }

    private static int status(String path) {
        return get(path).statusCode();
    }

    private static HttpResponse<String> get(String path) {
        try {
            return site.get(path, "Accept-Language", "en");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + 90_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it should have come by now").isLessThan(end);
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
