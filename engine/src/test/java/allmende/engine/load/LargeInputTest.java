package allmende.engine.load;

import static allmende.engine.load.Bundles.plain;
import static allmende.engine.load.Bundles.put;
import static allmende.engine.load.Bundles.resource;
import static allmende.engine.load.Bundles.subject;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory is bounded whatever the input; here with small bounds. */
final class LargeInputTest {

    private static final int KIB = 1 << 10;

    private static final Limits SMALL = new Limits(8 * KIB, 64 * KIB, 3_000, 1_000, 32 * KIB, 100, 64 * KIB, 100);

    @TempDir
    private Path folder;

    private final FakeStore store = new FakeStore();

    private LoadReport load() {
        return new Loader(store, SMALL).load(List.of(folder), LoadProgress.NONE);
    }

    private void write(String type, int entries, IntFunction<String> entry, String end) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("large.json"))) {
            out.write("{ \"resourceType\" : \"Bundle\",\n \"entry\":[");
            for (int i = 0; i < entries; i++) {
                out.write((i == 0 ? "" : ",\n ") + entry.apply(i));
            }
            out.write("],\"type\":\"" + type + "\"" + end);
        }
    }

    private static String condition(int i) {
        return i % 2 == 0
                ? put("Condition", "c" + i, subject("http://a.example/Patient/p" + (i + 1)))
                : put("Patient", "p" + i, ",\"name\":[{\"family\":\"" + "x".repeat(i % 500) + "\"}]");
    }

    @Test
    void aLargeBatchIsReadEntryByEntryAndRefersForward() throws IOException {
        write("batch", 2_000, LargeInputTest::condition, "}");
        LoadReport report = load();
        assertThat(report.stored()).isEqualTo(2_000);
        assertThat(store.text("Condition", "c0")).contains("\"reference\":\"Patient/p1\"");
        assertThat(store.text("Condition", "c1998")).contains("\"reference\":\"Patient/p1999\"");
        assertThat(store.batches).allMatch(size -> size <= 100);
    }

    @Test
    void ofALargeBatchOnlyTheBadEntriesAreSetAside() throws IOException {
        write(
                "batch",
                1_000,
                i -> i == 500
                        ? put("Patient", "large", ",\"x\":\"" + "x".repeat(20 * KIB) + "\"")
                        : i == 600 ? condition(599) : i == 700 ? "{\"resource\":{\"a\":tru}}" : condition(i),
                "}");
        LoadReport report = load();
        assertThat(report.received()).isEqualTo(1_000);
        assertThat(store.codes())
                .isEqualTo(Map.of(
                        "entry[500]", "too-large", "entry[600]", "duplicate-id", "entry[700]", "malformed-json"));
    }

    @Test
    void aLargeTransactionIsRefused() throws IOException {
        write("transaction", 2_000, LargeInputTest::condition, "}");
        assertThat(load().quarantinedByCode()).isEqualTo(Map.of("too-large", 2_000L));
        assertThat(store.quarantined().getFirst().bytes()).isEqualTo(Files.size(folder.resolve("large.json")));
    }

    @Test
    void tooManyEntriesAreRefused() throws IOException {
        write("batch", 3_001, LargeInputTest::condition, "}");
        assertThat(load().quarantinedByCode()).isEqualTo(Map.of("too-large", 3_001L));
    }

    @Test
    void aLargeResourceIsRefused() throws IOException {
        Files.writeString(
                folder.resolve("a.json"), resource("Patient", "a", ",\"x\":\"" + "x".repeat(100 * KIB) + "\""));
        Files.writeString(
                folder.resolve("b.json"), resource("Patient", "b", ",\"x\":\"" + "x".repeat(10 * KIB) + "\""));
        assertThat(load().quarantinedByCode()).isEqualTo(Map.of("too-large", 2L));
    }

    @Test
    void aLargeMalformedDocumentIsKept() throws IOException {
        Files.writeString(folder.resolve("a.json"), "{\"resourceType\":\"Patient\",\"x\":[" + "1,".repeat(50 * KIB));
        assertThat(load().quarantinedByCode()).isEqualTo(Map.of("malformed-json", 1L));
        assertThat(store.quarantined().getFirst().bytes()).isEqualTo(Files.size(folder.resolve("a.json")));
    }

    @Test
    void longLinesAreSetAsideAndTheirNeighboursLoaded() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            lines.append(resource("Patient", "p" + i, "")).append('\n');
            lines.append(resource("Patient", "l" + i, ",\"x\":\"" + "x".repeat((200 + 80 * i) * KIB) + "\""))
                    .append('\n');
        }
        lines.append(resource("Patient", "last", ",\"x\":\"" + "x".repeat(900 * KIB) + "\""));
        Files.writeString(folder.resolve("a.ndjson"), lines);
        LoadReport report = load();
        assertThat(report.stored()).isEqualTo(8);
        assertThat(report.quarantinedByCode()).isEqualTo(Map.of("too-large", 9L));
        assertThat(store.codes())
                .containsOnlyKeys(
                        "line 2", "line 4", "line 6", "line 8", "line 10", "line 12", "line 14", "line 16", "line 17");
        store.quarantined().forEach(entry -> assertThat(store.raw(entry.id()))
                .startsWith("{\"resourceType\"")
                .endsWith("\"}"));
    }

    @Test
    void manySmallElementsDoNotFillTheMemory() throws IOException {
        String empty = ",\"x\":[" + "{},".repeat(6 << 20) + "{}]";
        Files.writeString(
                folder.resolve("a.ndjson"),
                resource("Patient", "a", "") + "\n" + resource("Patient", "b", empty) + "\n");
        LoadReport report = new Loader(store).load(List.of(folder), LoadProgress.NONE);
        assertThat(report.stored()).isEqualTo(1);
        assertThat(store.codes()).isEqualTo(Map.of("line 2", "too-large"));
    }

    @Test
    void linesAreFoundByContentWhereTheNameSaysOtherwise() throws IOException {
        Files.writeString(
                folder.resolve("a.json"), resource("Patient", "a", "") + "\n" + resource("Patient", "b", "") + "\n");
        Files.writeString(folder.resolve("b.ndjson"), "{\n \"resourceType\":\"Patient\",\n \"id\":\"c\"\n}\n");
        Files.writeString(folder.resolve("c.ndjson"), "{\"broken\": \n" + resource("Patient", "d", "") + "\n");
        Files.writeString(folder.resolve("d.json"), "\ufeff" + Bundles.bundle("collection", plain("Patient", "e", "")));
        load();
        assertThat(store.texts()).containsOnlyKeys("Patient/a", "Patient/b", "Patient/c", "Patient/d", "Patient/e");
        assertThat(store.codes()).isEqualTo(Map.of("line 1", "malformed-json"));
    }
}
