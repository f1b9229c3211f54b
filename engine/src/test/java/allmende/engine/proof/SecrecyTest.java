package allmende.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.engine.index.CohortIndex;
import allmende.engine.store.Store;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said about patients stays where it belongs: in no log and no report, and after an erasure nowhere. */
final class SecrecyTest {

    /** Stands in names, ids, values, codes, units and broken pieces of the patient's data. */
    private static final String MARKER = "Quittenbaum7";

    private static final String PATIENT = "p-" + MARKER;

    @TempDir
    private Path directory;

    @Test
    void markedPatientIsInNoOutputAndAfterErasureInNoFile() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("input"));
        writeMarkedData(folder);
        Path data = directory.resolve("data");
        Path log = directory.resolve("log");
        assertThat(SiteProcess.start(data, folder, log, "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace")
                        .waitFor())
                .isZero();
        String said = Files.readString(log);
        assertThat(said).contains("quarantined").contains("broken.ndjson");
        assertThat(said).doesNotContainIgnoringCase(MARKER);
        assertThat(filesWith(data, "postgres")).isNotEmpty();
        assertThat(filesWith(data, "index")).isNotEmpty();

        try (Store store = Stores.open(new StoreLocation.Embedded(data));
                CohortIndex index = SiteProcess.open(data, store)) {
            assertThat(store.quarantine().count()).isGreaterThanOrEqualTo(5);
            store.erase(PATIENT);
            index.catchUp();
            index.purge();
            assertThat(filesWith(data, "")).isEmpty();
            assertThat(store.quarantine().count()).isZero();
            assertThat(index.statistics().patients()).isEqualTo(1);
        }
        assertThat(filesWith(data, "")).isEmpty();
    }

    private static void writeMarkedData(Path folder) throws IOException {
        Files.writeString(folder.resolve("good.ndjson"), """
                {"resourceType":"Patient","id":"p-MARK","identifier":[{"system":"urn:kvnr","value":"MARK"}],"name":[{"family":"MARK"}],"birthDate":"1960-01-01"}
                {"resourceType":"Patient","id":"other","birthDate":"1960-01-01"}
                {"resourceType":"Observation","id":"o-MARK","status":"final","subject":{"reference":"Patient/p-MARK"},"code":{"coding":[{"system":"http://example.org/local","code":"code-MARK"}]},"valueQuantity":{"value":1,"unit":"unit-MARK"},"note":[{"text":"MARK"}]}
                {"resourceType":"MedicationAdministration","id":"a-MARK","status":"completed","subject":{"reference":"Patient/p-MARK"},"medicationReference":{"reference":"Medication/m-MARK"}}
                """.replace("MARK", MARKER));
        Files.writeString(folder.resolve("later.ndjson"), """
                {"resourceType":"Patient","id":"p-MARK","name":[{"family":"MARK the second"}],"birthDate":"1960-01-01"}
                """.replace("MARK", MARKER));
        Files.writeString(folder.resolve("broken.ndjson"), """
                {"resourceType":"Observation","id":"b1","subject":{"reference":"Patient/p-MARK"}
                {"resourceType":"MARK","id":"b2","subject":{"reference":"Patient/p-MARK"}}
                {"resourceType":"Observation","subject":{"reference":"Patient/p-MARK"}}
                {"resourceType":"Observation","id":"no id MARK","subject":{"reference":"Patient/p-MARK"}}
                {"resourceType":"Condition","id":"b5","subject":{"reference":"Patient/p-MARK"},"recordedDate":"MARK"}
                {"resourceType":"Condition","id":"b6","subject":{"reference":"Patient/p-MARK"},"id":"MARK"}
                """.replace("MARK", MARKER));
        Files.writeString(folder.resolve("bundle.json"), """
                {"resourceType":"Bundle","type":"transaction","entry":[
                 {"fullUrl":"urn:uuid:6b3c0c4e-0000-4000-8000-000000000001","resource":{"resourceType":"Condition","subject":{"reference":"Patient/p-MARK"},"recorder":{"reference":"Practitioner?identifier=MARK"}},"request":{"method":"POST","url":"Condition"}},
                 {"resource":{"resourceType":"Condition","id":"c-MARK","subject":{"reference":"Patient/p-MARK"},"encounter":{"reference":"urn:uuid:6b3c0c4e-0000-4000-8000-00000000MARK"}},"request":{"method":"PUT","url":"Condition/other-MARK"}}
                ]}
                """.replace("MARK", MARKER));
    }

    private static List<Path> filesWith(Path data, String part) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve(part))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file))
                    .toList();
        }
    }

    private static boolean contains(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(MARKER);
        } catch (java.nio.file.NoSuchFileException gone) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
