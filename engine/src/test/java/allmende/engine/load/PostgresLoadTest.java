package allmende.engine.load;

import static allmende.engine.load.Bundles.bundle;
import static allmende.engine.load.Bundles.identifier;
import static allmende.engine.load.Bundles.performer;
import static allmende.engine.load.Bundles.post;
import static allmende.engine.load.Bundles.postIfNone;
import static allmende.engine.load.Bundles.resource;
import static allmende.engine.load.Bundles.subject;
import static org.assertj.core.api.Assertions.assertThat;

import allmende.engine.store.Store;
import allmende.engine.store.TestStores;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads into the real store. */
final class PostgresLoadTest {

    @TempDir
    private Path folder;

    private final Store store = TestStores.empty();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void twoLoadsAtOnceStoreEachResourceOnce() throws Exception {
        writePatients(40, 50);
        LoadReport alone;
        Map<String, String> expected;
        try (Store other = TestStores.empty()) {
            alone = new Loader(other).load(List.of(folder), LoadProgress.NONE);
            expected = StoredTexts.withVersions(other);
        }
        List<Future<LoadReport>> loads = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 2; i++) {
                loads.add(threads.submit(() -> new Loader(store).load(List.of(folder), LoadProgress.NONE)));
            }
        }
        LoadReport one = loads.get(0).get();
        LoadReport two = loads.get(1).get();
        assertThat(one.quarantined() + two.quarantined()).isZero();
        assertThat(one.stored() + two.stored()).isEqualTo(alone.stored());
        assertThat(StoredTexts.withVersions(store)).isEqualTo(expected);
    }

    @Test
    void aLineOf200MebibytesIsSetAsideWithoutMuchMemory() throws IOException {
        Path file = folder.resolve("large.ndjson");
        byte[] mebibyte = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write((resource("Patient", "before", "") + "\n{\"resourceType\":\"Patient\",\"id\":\"large\",\"x\":\"")
                    .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 200; i++) {
                out.write(mebibyte);
            }
            out.write(("\"}\n" + resource("Patient", "after", "") + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        LoadReport report = new Loader(store).load(List.of(file), LoadProgress.NONE);
        assertThat(report.stored()).isEqualTo(2);
        assertThat(report.quarantinedByCode()).isEqualTo(Map.of("too-large", 1L));
        assertThat(store.quarantine().list(0, 10)).singleElement().satisfies(entry -> {
            assertThat(entry.entry()).isEqualTo("line 2");
            assertThat(entry.bytes())
                    .isEqualTo((200L << 20) + "{\"resourceType\":\"Patient\",\"id\":\"large\",\"x\":\"\"}".length());
        });
        RetryReport retry = new Loader(store).retryAll(LoadProgress.NONE);
        assertThat(retry.remaining()).isEqualTo(1);
        assertThat(store.quarantine().count()).isEqualTo(1);
    }

    @Test
    void quarantineIsRenewedNotDoubledAndRetried() throws IOException {
        Files.writeString(
                folder.resolve("a.ndjson"),
                resource("Observation", "o", performer("Practitioner?identifier=http://s.example|N")) + "\nnonsense\n");
        Loader loader = new Loader(store);
        loader.load(List.of(folder), LoadProgress.NONE);
        loader.load(List.of(folder), LoadProgress.NONE);
        assertThat(store.quarantine().count()).isEqualTo(2);
        Path missing = folder.resolve("b.json");
        Files.writeString(missing, resource("Practitioner", "p", identifier("N")));
        loader.load(List.of(missing), LoadProgress.NONE);
        RetryReport retry = loader.retryAll(LoadProgress.NONE);
        assertThat(retry.left()).isEqualTo(1);
        assertThat(store.quarantine().list(0, 10)).singleElement().satisfies(entry -> assertThat(entry.code())
                .isEqualTo("malformed-json"));
    }

    @Test
    void bundlesAsSyntheaWritesThem() throws IOException {
        writePatients(5, 20);
        LoadReport report = new Loader(store).load(List.of(folder), LoadProgress.NONE);
        assertThat(report.quarantined()).isZero();
        assertThat(store.countsByType())
                .isEqualTo(Map.of("Observation", 100L, "Organization", 1L, "Patient", 5L, "Practitioner", 3L));
        assertThat(StoredTexts.withVersions(store).values()).noneMatch(text -> text.contains("?identifier"));
        LoadReport again = new Loader(store).load(List.of(folder), LoadProgress.NONE);
        assertThat(again.unchanged()).isEqualTo(again.received());
        assertThat(again.t()).isEqualTo(report.t());
    }

    /** Transaction bundles that post, refer within by urn, and to practitioners by identifier, whose file comes last. */
    private void writePatients(int patients, int observations) throws IOException {
        writePatients(folder, patients, observations);
    }

    static void writePatients(Path folder, int patients, int observations) throws IOException {
        for (int p = 0; p < patients; p++) {
            String patient = "00000000-0000-4000-8000-%012d".formatted(p);
            List<String> entries = new ArrayList<>();
            entries.add(post(patient, "Patient", ",\"birthDate\":\"1950-01-01\"" + identifier("patient-" + p)));
            for (int o = 0; o < observations; o++) {
                String doctor = "Practitioner?identifier=http://s.example|" + "doctor-" + (o % 3);
                entries.add(post(
                        "00000000-0000-4000-9000-%012d".formatted(p * 10_000L + o),
                        "Observation",
                        subject("urn:uuid:" + patient) + performer(doctor)
                                + ",\"effectiveDateTime\":\"2020-01-01T10:00:00+01:00\""));
            }
            Files.writeString(
                    folder.resolve("Patient%04d.json".formatted(p)),
                    bundle("transaction", entries.toArray(String[]::new)));
        }
        List<String> doctors = new ArrayList<>();
        for (int d = 0; d < 3; d++) {
            doctors.add(postIfNone("00000000-0000-4000-a000-%012d".formatted(d), "Practitioner", "doctor-" + d));
        }
        doctors.add(postIfNone("00000000-0000-4000-b000-000000000000", "Organization", "house"));
        Files.writeString(
                folder.resolve("practitionerInformation.json"), bundle("batch", doctors.toArray(String[]::new)));
    }
}
