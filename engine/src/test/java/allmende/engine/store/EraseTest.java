package allmende.engine.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.ResourceKey;
import allmende.engine.store.ChangePage.Change;
import allmende.engine.store.Quarantine.Entry;
import allmende.engine.store.Quarantine.Rejected;
import allmende.engine.store.ResourceWrite.Identifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Of an erased patient nothing stays, neither in the tables nor in any file of the database. */
final class EraseTest {

    private static Store store;

    @BeforeAll
    static void open() {
        store = TestStores.empty();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void nothingOfAnErasedPatientStaysOnDisk() throws IOException {
        String marker = "marker" + UUID.randomUUID().toString().replace("-", "");
        String patient = "p-" + marker;
        ResourceKey moved = new ResourceKey("Observation", "moved-" + marker);
        store.write(List.of(
                write(new ResourceKey("Patient", patient), marker, patient, new Identifier("s", "kvnr-" + marker)),
                write(new ResourceKey("Observation", "o-" + marker), marker, patient),
                write(moved, marker, patient),
                write(new ResourceKey("Patient", "other"), "other", "other")));
        store.write(List.of(write(moved, "not any more", "other")));
        store.write(List.of(new ResourceWrite(new ResourceKey("Observation", "o-" + marker), null, null, List.of())));
        store.quarantine()
                .add(List.of(
                        rejected("1", "{\"subject\":{\"reference\":\"Patient/" + patient + "\"},"),
                        rejected("2", "nothing of the patient")));
        TestStores.checkpoint();
        List<Path> before = filesWith(marker);
        assertThat(before).anyMatch(path -> path.toString().contains("pg_wal"));
        assertThat(before).anyMatch(path -> path.toString().contains("base"));
        long t = store.currentT();

        Erasure erasure = store.erase(patient);

        assertThat(erasure).isEqualTo(new Erasure(t + 1, 3, 5, 1, true));
        assertThat(filesWith(marker)).isEmpty();
        assertThat(store.read(moved, t)).isEmpty();
        assertThat(store.patientNumber(patient)).isEmpty();
        assertThat(store.findByIdentifier("Patient", "", "kvnr-" + marker)).isEmpty();
        assertThat(store.countsByType()).containsOnlyKeys("Patient").containsEntry("Patient", 1L);
        assertThat(store.quarantine().list(0, 10)).extracting(Entry::source).containsExactly("2");
        List<Change> told = store.changes(t, 100).changes();
        assertThat(told).hasSize(3).allSatisfy(change -> {
            assertThat(change.body()).isNull();
            assertThat(change.known()).isTrue();
            assertThat(change.key().id()).isEmpty();
        });
        assertThat(store.erase(patient)).isEqualTo(new Erasure(t + 1, 0, 0, 0, true));
        Commit again = store.write(List.of(write(new ResourceKey("Patient", patient), "new", patient)));
        assertThat(again.outcomes()).containsExactly(Commit.Outcome.CREATED);
        assertThat(store.changes(t + 1, 10).changes()).extracting(Change::known).containsExactly(false);
    }

    @Test
    void mentionsAreFoundInWhateverCouldNotBeLoaded() throws IOException {
        Mentions mentions = new Mentions(
                Set.of(new ResourceKey("Patient", "p1"), new ResourceKey("Encounter", "e1")), Set.of("A12ü"));
        assertThat(in(mentions, "\"reference\": \"http://site/fhir/Patient/p1\""))
                .isTrue();
        assertThat(in(mentions, "Patient\\/p1")).isTrue();
        assertThat(in(mentions, "\"Encounter/e1/_history/1\"")).isTrue();
        assertThat(in(mentions, "{\"id\" : \"p1\", \"resourceType\" : \"Patient\""))
                .isTrue();
        assertThat(in(mentions, "{\"system\":\"x\",\"value\":\"A12ü\"}")).isTrue();
        assertThat(in(mentions, " ".repeat((1 << 20) - 5) + "Patient/p1 \u0000"))
                .isTrue();
        assertThat(in(mentions, "\"Patient/p10\" \"Observation/p1\" {\"id\":\"p1\",\"resourceType\":\"Group\"}"))
                .isFalse();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write("\"Patient/p1\" and some more that is cut off".getBytes(UTF_8));
        }
        byte[] cut = java.util.Arrays.copyOf(packed.toByteArray(), packed.size() - 9);
        assertThat(mentions.in(new java.io.ByteArrayInputStream(cut))).isTrue();
    }

    private static boolean in(Mentions mentions, String text) throws IOException {
        return mentions.in(new java.io.ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    private static ResourceWrite write(ResourceKey key, String text, String patient, Identifier... identifiers) {
        return new ResourceWrite(key, ("{\"text\":\"" + text + "\"}").getBytes(UTF_8), patient, List.of(identifiers));
    }

    private static Rejected rejected(String source, String raw) {
        return new Rejected(source, "", "malformed-json", "It is no JSON.", raw.getBytes(UTF_8));
    }

    private static List<Path> filesWith(String marker) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(TestStores.DIRECTORY.resolve("postgres"))) {
            paths.filter(Files::isRegularFile)
                    .filter(path -> contains(path, marker))
                    .forEach(found::add);
        }
        return found;
    }

    private static boolean contains(Path path, String marker) {
        try {
            return new String(Files.readAllBytes(path), java.nio.charset.StandardCharsets.ISO_8859_1).contains(marker);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
