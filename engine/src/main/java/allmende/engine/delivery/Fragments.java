package allmende.engine.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The complete batches, and the pieces in them, in order. */
record Fragments(List<Path> batches) {

    static Fragments in(Path work) throws IOException {
        try (Stream<Path> paths = Files.list(work)) {
            return new Fragments(
                    paths.filter(path -> path.getFileName().toString().matches("batch-\\d{6,}"))
                            .sorted()
                            .toList());
        }
    }

    /** The pieces of a file, of those batches that have one. */
    List<Path> of(String file) {
        return batches.stream()
                .map(batch -> batch.resolve(file))
                .filter(Files::exists)
                .toList();
    }

    /** The names of files of which there are pieces in this folder of the batches. */
    List<String> names(String folder) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        for (Path batch : batches) {
            try (Stream<Path> paths = Files.list(batch.resolve(folder))) {
                paths.forEach(path -> names.add(path.getFileName().toString()));
            }
        }
        return List.copyOf(names);
    }

    /** Copies the pieces of a file, each without its first bytes. */
    void copy(String file, int skip, OutputStream out) throws IOException {
        for (Path piece : of(file)) {
            try (InputStream in = Files.newInputStream(piece)) {
                in.skipNBytes(skip);
                in.transferTo(out);
            }
        }
    }

    /** Resources that did not fit, by table. */
    Map<String, Long> unfit() throws IOException {
        Map<String, Long> unfit = new TreeMap<>();
        for (Path piece : of(DeliveryBatch.UNFIT)) {
            for (String line : Files.readAllLines(piece, StandardCharsets.UTF_8)) {
                int space = line.indexOf(' ');
                unfit.merge(line.substring(0, space), Long.parseLong(line.substring(space + 1)), Long::sum);
            }
        }
        return unfit;
    }
}
