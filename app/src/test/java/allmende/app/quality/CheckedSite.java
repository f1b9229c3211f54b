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
import org.jspecify.annotations.Nullable;

/**
 * A small site with faulty data, a profile of its own and a policy that sends one source's faults to quarantine; one for all
 * tests of a run. Who changes resources changes those that no other test looks at.
 */
final class CheckedSite {

    private static @Nullable CheckedSite shared;

    private static final String PROFILE = """
            {"resourceType":"StructureDefinition","id":"named","url":"http://example.org/StructureDefinition/named",
             "version":"1.0.0","name":"Named","status":"active","fhirVersion":"4.0.1","kind":"resource","abstract":false,
             "type":"Patient","baseDefinition":"http://hl7.org/fhir/StructureDefinition/Patient",
             "derivation":"constraint","differential":{"element":[{"id":"Patient.name","path":"Patient.name","min":1}]}}""";
    private static final String DATA = """
            {"resourceType":"Patient","id":"good","meta":{"source":"urn:ward","profile":["http://example.org/StructureDefinition/named"]},"name":[{"family":"Muster"}],"gender":"male","birthDate":"1990-01-01","identifier":[{"value":"1"}]}
            {"resourceType":"Patient","id":"nameless","meta":{"source":"urn:lab","profile":["http://example.org/StructureDefinition/named"]},"gender":"female","birthDate":"1990-01-01","identifier":[{"value":"2"}]}
            {"resourceType":"Patient","id":"reported","meta":{"source":"urn:ward","profile":["http://example.org/StructureDefinition/named"]},"birthDate":"1990-01-01","identifier":[{"value":"4711"}],"contact":[{"name":{"family":"Geheimnis"},"gender":"weiblich"}]}
            {"resourceType":"Patient","id":"renamed","meta":{"source":"urn:ward","profile":["http://example.org/StructureDefinition/named"]},"gender":"male","birthDate":"1990-01-01","identifier":[{"value":"3"}]}
            {"resourceType":"Patient","id":"returning","meta":{"source":"urn:lab","profile":["http://example.org/StructureDefinition/named"]},"gender":"female","birthDate":"1990-01-01","identifier":[{"value":"5"}]}
            {"resourceType":"Organization","id":"clinic","meta":{"source":"urn:ward"},"name":"Klinik"}
            {"resourceType":"Encounter","id":"stay","meta":{"source":"urn:ward"},"status":"finished","class":{"code":"IMP"},"subject":{"reference":"Patient/good"},"serviceProvider":{"reference":"Organization/clinic"},"period":{"start":"2020-01-01","end":"2020-01-02"}}
            {"resourceType":"Condition","id":"birth","meta":{"source":"urn:ward"},"subject":{"reference":"Patient/good"},"encounter":{"reference":"Encounter/stay"},"recordedDate":"2020-01-01","code":{"coding":[{"system":"http://fhir.de/CodeSystem/bfarm/icd-10-gm","code":"O80"}]}}
            """;

    private final Path data;
    private final Started site;

    private CheckedSite(Path data, Started site) {
        this.data = data;
        this.site = site;
    }

    /** The running site, all of which was looked at once. */
    static synchronized CheckedSite shared() throws Exception {
        CheckedSite running = shared;
        if (running == null) {
            running = start();
            shared = running;
        }
        return running;
    }

    private static CheckedSite start() throws Exception {
        Path data = Files.createTempDirectory("allmende-quality");
        Path folder = Hospital.temporary("allmende-quality-files");
        Path definitions = Files.createDirectories(folder.resolve("small-profile"));
        Files.writeString(definitions.resolve("StructureDefinition-named.json"), PROFILE);
        Path file = Files.writeString(folder.resolve("data.ndjson"), DATA);
        Files.writeString(data.resolve(Policy.FILE), "{\"sources\":{\"urn:lab*\":\"quarantine\",\"*\":\"report\"}}");
        Typed.run("packages", "install", "--data", data.toString(), definitions.toString());
        Typed.run("load", "--data", data.toString(), file.toString());
        CheckedSite started = new CheckedSite(data, Started.over(data, Access.OPEN));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            started.site.close();
            Hospital.delete(data);
        }));
        await(() -> started.page("/quality/report.csv").contains("Minimum"));
        await(() -> started.status("/fhir/Patient/nameless") == 410);
        await(() -> !started.page("/quality/report.csv").contains(",urn:lab,"));
        return started;
    }

    Path data() {
        return data;
    }

    String url() {
        return site.url();
    }

    String page(String path) {
        return get(path).body();
    }

    int status(String path) {
        return get(path).statusCode();
    }

    /** One entry of a batch: writes or deletes. */
    void change(String method, String path, String resource) {
        String body = resource.isEmpty() ? "" : "\"resource\":" + resource + ",";
        String bundle = "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{" + body
                + "\"request\":{\"method\":\"" + method + "\",\"url\":\"" + path + "\"}}]}";
        try {
            assertThat(site.post("/fhir", bundle, "Content-Type", "application/fhir+json")
                            .statusCode())
                    .isEqualTo(200);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> get(String path) {
        try {
            return site.get(path, "Accept-Language", "en");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static void await(BooleanSupplier condition) {
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
