package allmende.engine.load;

import static allmende.engine.load.Bundles.bundle;
import static allmende.engine.load.Bundles.plain;
import static allmende.engine.load.Bundles.put;
import static allmende.engine.load.Bundles.resource;
import static allmende.engine.load.Bundles.subject;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input never stops a load and never vanishes. */
final class BadInputTest {

    private static final String GOOD = resource("Patient", "good", "");

    @TempDir
    private Path folder;

    private final FakeStore store = new FakeStore();

    private LoadReport load(String name, String content) throws IOException {
        return load(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private LoadReport load(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
        return new Loader(store).load(List.of(folder), LoadProgress.NONE);
    }

    private void expectLine(String bad, RejectionCode code) throws IOException {
        LoadReport report = load("a.ndjson", GOOD + "\n" + bad + "\n" + resource("Patient", "also-good", "") + "\n");
        assertThat(report.received()).isEqualTo(3);
        assertThat(report.stored()).isEqualTo(2);
        assertThat(report.quarantinedByCode()).isEqualTo(Map.of(code.code(), 1L));
        assertThat(store.codes()).isEqualTo(Map.of("line 2", code.code()));
        assertThat(store.raw(store.quarantined().getFirst().id())).isEqualTo(bad);
        assertThat(store.quarantined().getFirst().source()).isEqualTo("a.ndjson");
    }

    @Test
    void malformedJson() throws IOException {
        expectLine("{\"resourceType\":\"Patient\",\"id\":", RejectionCode.MALFORMED_JSON);
    }

    @Test
    void duplicateKey() throws IOException {
        expectLine("{\"resourceType\":\"Patient\",\"id\":\"a\",\"id\":\"b\"}", RejectionCode.MALFORMED_JSON);
    }

    @Test
    void notAnObject() throws IOException {
        expectLine("[1,2]", RejectionCode.NOT_AN_OBJECT);
    }

    @Test
    void unknownResourceType() throws IOException {
        expectLine("{\"resourceType\":\"Patience\",\"id\":\"a\"}", RejectionCode.UNKNOWN_RESOURCE_TYPE);
    }

    @Test
    void missingResourceType() throws IOException {
        expectLine("{\"id\":\"a\"}", RejectionCode.UNKNOWN_RESOURCE_TYPE);
    }

    @Test
    void missingId() throws IOException {
        expectLine("{\"resourceType\":\"Patient\"}", RejectionCode.MISSING_ID);
    }

    @Test
    void illegalId() throws IOException {
        expectLine("{\"resourceType\":\"Patient\",\"id\":\"a b\"}", RejectionCode.ILLEGAL_ID);
    }

    @Test
    void numericId() throws IOException {
        expectLine("{\"resourceType\":\"Patient\",\"id\":[]}", RejectionCode.ILLEGAL_ID);
    }

    @Test
    void unknownReference() throws IOException {
        expectLine(
                resource("Condition", "c", subject("urn:uuid:8a5d2ab4-9d6a-4ca9-b8d5-5fd5bd7e8c4f")),
                RejectionCode.UNRESOLVED_REFERENCE);
    }

    @Test
    void unknownConditionalReference() throws IOException {
        expectLine(resource("Condition", "c", subject("Patient?identifier=x|y")), RejectionCode.UNRESOLVED_REFERENCE);
    }

    @Test
    void unsupportedCondition() throws IOException {
        expectLine(resource("Condition", "c", subject("Patient?name=Meier")), RejectionCode.UNSUPPORTED_CONDITION);
    }

    @Test
    void danglingLiteralReferenceIsAccepted() throws IOException {
        LoadReport report = load("a.ndjson", resource("Condition", "c", subject("Patient/not-here")));
        assertThat(report.stored()).isEqualTo(1);
        assertThat(store.current.values().iterator().next().patientId()).isEqualTo("not-here");
    }

    @Test
    void illegalDateTellsTheElementAndNotTheValue() throws IOException {
        expectLine(resource("Patient", "p", ",\"birthDate\":\"2021-02-30\""), RejectionCode.ILLEGAL_DATE);
        assertThat(store.quarantined().getFirst().reason())
                .contains("Patient.birthDate")
                .doesNotContain("2021");
    }

    @Test
    void illegalDateDeepInside() throws IOException {
        expectLine(
                resource(
                        "Observation",
                        "o",
                        ",\"component\":[{},{\"extension\":[{\"url\":\"u\",\"valuePeriod\":{\"start\":\"2020-13-01\"}}]}]"),
                RejectionCode.ILLEGAL_DATE);
        assertThat(store.quarantined().getFirst().reason())
                .startsWith("Observation.component[1].extension[0].valuePeriod.start");
    }

    @Test
    void nulCharacter() throws IOException {
        expectLine(resource("Patient", "p", ",\"gender\":\"a\\u0000b\""), RejectionCode.ILLEGAL_CHARACTER);
    }

    @Test
    void halfOfASurrogatePair() throws IOException {
        expectLine(resource("Patient", "p", ",\"gender\":\"a\\ud800b\""), RejectionCode.INVALID_UTF8);
    }

    @Test
    void deepNesting() throws IOException {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        expectLine(resource("Patient", "p", ",\"extension\":" + deep), RejectionCode.TOO_DEEP);
    }

    @Test
    void invalidUtf8() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(
                (GOOD + "\n{\"resourceType\":\"Patient\",\"id\":\"p\",\"gender\":\"").getBytes(StandardCharsets.UTF_8));
        bytes.write(0xc3);
        bytes.write(0x28);
        bytes.writeBytes("\"}\n".getBytes(StandardCharsets.UTF_8));
        LoadReport report = load("a.ndjson", bytes.toByteArray());
        assertThat(report.stored()).isEqualTo(1);
        assertThat(store.codes()).isEqualTo(Map.of("line 2", "invalid-utf8"));
    }

    @Test
    void truncatedGzipOfLines() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            lines.append(resource("Patient", "p" + i, ",\"active\":" + (i * 7919 % 3 == 0)))
                    .append('\n');
        }
        byte[] whole = gzip(lines.toString());
        LoadReport report = load("a.ndjson.gz", java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThat(report.stored()).isGreaterThan(1_000).isEqualTo(store.current.size());
        assertThat(report.quarantinedByCode()).isEqualTo(Map.of("truncated-gzip", 1L));
        long next = report.stored() + 1;
        assertThat(store.quarantined().getFirst().entry()).startsWith("line " + next + ", rest from byte ");
    }

    @Test
    void truncatedGzipOfACollection() throws IOException {
        String[] entries = new String[2_000];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = plain("Patient", "p" + i, ",\"active\":" + (i % 3 == 0));
        }
        byte[] whole = gzip(bundle("collection", entries));
        LoadReport report = load("a.json.gz", java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThat(report.stored()).isGreaterThan(100).isEqualTo(store.current.size());
        assertThat(report.quarantinedByCode()).isEqualTo(Map.of("truncated-gzip", 1L));
        assertThat(store.quarantined().getFirst().entry()).startsWith("rest from byte ");
    }

    @Test
    void damagedTransactionIsRefusedWhole() throws IOException {
        String whole = bundle("transaction", put("Patient", "a", ""), put("Patient", "b", ""));
        LoadReport report = load("a.json", whole.substring(0, whole.length() - 10));
        assertThat(report.stored()).isZero();
        assertThat(store.codes()).isEqualTo(Map.of("", "malformed-json"));
    }

    @Test
    void damagedBatchIsLoadedUpToTheDamage() throws IOException {
        String whole = bundle("batch", put("Patient", "a", ""), put("Patient", "b", ""), put("Patient", "c", ""));
        int cut = whole.indexOf("\"Patient/c\"") - 20;
        LoadReport report = load("a.json", whole.substring(0, cut));
        assertThat(report.stored()).isEqualTo(2);
        assertThat(store.raw(store.quarantined().getFirst().id()))
                .startsWith("{\"fullUrl\":\"http://a.example/Patient/c\"");
    }

    @Test
    void emptyAndUselessFiles() throws IOException {
        Files.writeString(folder.resolve("b.json"), "  \n");
        Files.writeString(folder.resolve("c.ndjson"), "\n\n");
        Files.writeString(folder.resolve("d.json"), "[]");
        Files.writeString(folder.resolve("e.xml"), "<Patient/>");
        LoadReport report = load("a.json", "");
        assertThat(report.received()).isEqualTo(3);
        assertThat(report.quarantinedByCode()).isEqualTo(Map.of("malformed-json", 2L, "not-an-object", 1L));
        assertThat(report.ignored()).singleElement().satisfies(file -> assertThat(file.file())
                .hasFileName("e.xml"));
    }

    @Test
    void aMissingFileIsToldAndTheOthersAreLoaded() throws IOException {
        Files.writeString(folder.resolve("a.json"), GOOD);
        Path missing = folder.resolve("missing.json");
        LoadReport report = new Loader(store).load(List.of(missing, folder.resolve("a.json")), LoadProgress.NONE);
        assertThat(report.stored()).isEqualTo(1);
        assertThat(report.ignored()).containsExactly(new LoadReport.Ignored(missing, "there is no such file"));
    }

    @Test
    void whatTheDatabaseRefusesIsFoundAmongTheRest() throws IOException {
        store.refuse(write -> write.key().id().equals("p7"));
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            lines.append(resource("Patient", "p" + i, "")).append('\n');
        }
        LoadReport report = load("a.ndjson", lines.toString());
        assertThat(report.stored()).isEqualTo(19);
        assertThat(store.codes()).isEqualTo(Map.of("line 8", "refused-by-store"));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
