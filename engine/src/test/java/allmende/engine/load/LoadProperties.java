package allmende.engine.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever good and bad is mixed: the good is stored, the bad set aside, and the counts conserve. */
final class LoadProperties {

    /** Small, so that every bound is met. */
    private static final Limits TIGHT = new Limits(1 << 14, 1 << 16, 1_000, 10_000, 1 << 14, 7, 1 << 12, 1_000);

    /** How a file is written. */
    private enum Form {
        LINES,
        LINES_GZ,
        BATCH,
        COLLECTION,
        TRANSACTION
    }

    /**
     * A resource in a file.
     *
     * @param bad why it can't be loaded; null if it can
     */
    private record Piece(String id, String json, String bad) {}

    private record File(Form form, List<Piece> pieces, boolean pretty) {}

    @Property(tries = 150)
    void storesPreciselyTheGood(@ForAll("files") List<File> files) throws IOException {
        Path folder = Files.createTempDirectory("load-properties");
        try {
            FakeStore store = new FakeStore();
            Map<String, String> good = new TreeMap<>();
            long received = 0;
            long bad = 0;
            long pieces = 0;
            for (int i = 0; i < files.size(); i++) {
                File file = files.get(i);
                long size = write(folder, i, file);
                received += file.pieces().size();
                long badHere = file.pieces().stream()
                        .filter(piece -> piece.bad() != null)
                        .count();
                boolean refused = file.form() == Form.TRANSACTION
                        && !file.pieces().isEmpty()
                        && (badHere > 0 || size >= TIGHT.documentBytes());
                bad += refused ? file.pieces().size() : badHere;
                pieces += refused ? 1 : badHere;
                if (!refused) {
                    for (Piece piece : file.pieces()) {
                        if (piece.bad() == null) {
                            good.put(
                                    "Observation/" + i + "-" + piece.id(),
                                    summary(piece.json().replace("@", i + "-")));
                        }
                    }
                }
            }
            LoadReport report = new Loader(store, TIGHT).load(List.of(folder), LoadProgress.NONE);
            assertThat(summaries(store)).isEqualTo(good);
            assertThat(report.received()).isEqualTo(received);
            assertThat(report.stored()).isEqualTo(good.size());
            assertThat(report.quarantined()).isEqualTo(bad);
            assertThat(report.pieces())
                    .isEqualTo(pieces)
                    .isEqualTo(store.quarantined().size());

            LoadReport again = new Loader(store, TIGHT).load(List.of(folder), LoadProgress.NONE);
            assertThat(again.unchanged()).isEqualTo(good.size());
            assertThat(again.stored()).isZero();
            assertThat(store.quarantined()).hasSize((int) pieces);

            RetryReport retry = new Loader(store, TIGHT).retryAll(LoadProgress.NONE);
            assertThat(retry.remaining()).isEqualTo(pieces);
            assertThat(summaries(store)).isEqualTo(good);
        } finally {
            delete(folder);
        }
    }

    private static Map<String, String> summaries(FakeStore store) {
        Map<String, String> texts = store.texts();
        texts.replaceAll((key, text) -> summary(text));
        return texts;
    }

    /** Short, so that a failure can be read. */
    private static String summary(String text) {
        return text.length() + " characters, hash " + text.hashCode();
    }

    @Provide
    Arbitrary<List<File>> files() {
        Arbitrary<String> content = Arbitraries.oneOf(
                Arbitraries.just(""),
                Arbitraries.just(",\"status\":\"final\",\"valueQuantity\":{\"value\":1.50}"),
                Arbitraries.just(",\"effectiveDateTime\":\"2021-02-28\""),
                Arbitraries.just(",\"note\":[{\"text\":\"{\\\"a\\\\\\\":[ ä\"}]"),
                Arbitraries.integers().between(10, 8_000).map(n -> ",\"note\":[{\"text\":\"" + "x".repeat(n) + "\"}]"));
        Arbitrary<String> fault = Arbitraries.of(
                ",\"effectiveDateTime\":\"2021-02-30\"",
                ",\"subject\":{\"reference\":\"urn:uuid:11111111-1111-4111-8111-111111111111\"}",
                ",\"subject\":{\"reference\":\"Patient?identifier=a|b\"}",
                ",\"id\":\"twice\"",
                ",\"a\":truf",
                ",\"a\":" + "[".repeat(300) + "]".repeat(300),
                ",\"note\":[{\"text\":\"" + "x".repeat(20_000) + "\"}]");
        Arbitrary<Piece> piece = Combinators.combine(
                        content,
                        fault,
                        Arbitraries.frequency(net.jqwik.api.Tuple.of(9, false), net.jqwik.api.Tuple.of(1, true)))
                .as((fine, bad, isBad) -> new Piece("", isBad ? bad : fine, isBad ? bad : null));
        return Combinators.combine(Arbitraries.of(Form.class), piece.list().ofMaxSize(60), Arbitraries.of(true, false))
                .as(LoadProperties::numbered)
                .list()
                .ofMaxSize(5);
    }

    private static File numbered(Form form, List<Piece> drawn, boolean pretty) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < drawn.size(); i++) {
            String id = "o" + i;
            pieces.add(new Piece(
                    id,
                    "{\"resourceType\":\"Observation\",\"id\":\"@" + id + "\""
                            + drawn.get(i).json() + "}",
                    drawn.get(i).bad()));
        }
        return new File(form, pieces, pretty);
    }

    private static long write(Path folder, int number, File file) throws IOException {
        String prefix = number + "-";
        boolean lines = file.form() == Form.LINES || file.form() == Form.LINES_GZ;
        StringBuilder text = new StringBuilder();
        for (Piece piece : file.pieces()) {
            String json = piece.json().replace("@", prefix);
            if (lines) {
                text.append(json).append(file.pretty() ? " \r\n\n" : "\n");
            } else {
                text.append(text.isEmpty() ? "" : ",")
                        .append("{\"resource\": ")
                        .append(json)
                        .append(",\"request\":{\"method\":\"PUT\",\"url\":\"Observation/")
                        .append(prefix)
                        .append(piece.id())
                        .append("\"}}");
            }
        }
        String type = file.form().name().toLowerCase(java.util.Locale.ROOT);
        String content = lines
                ? text.toString()
                : file.pretty()
                        ? "{\n \"entry\" : [" + text + "\n],\n \"type\":\"" + type
                                + "\",\n \"resourceType\" : \"Bundle\"\n}\n"
                        : "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[" + text + "]}";
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        String name = number + (lines ? ".ndjson" : ".json") + (file.form() == Form.LINES_GZ ? ".gz" : "");
        Files.write(folder.resolve(name), file.form() == Form.LINES_GZ ? gzip(bytes) : bytes);
        return bytes.length;
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException problem) {
                    throw new UncheckedIOException(problem);
                }
            });
        }
    }
}
