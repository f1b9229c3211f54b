package allmende.synth;

import allmende.synth.json.JsonBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** One file per resource type, one resource per line, patients in order. */
final class NdjsonLayout implements Layout {

    private final Path directory;
    private final Map<String, OutputStream> files = new TreeMap<>();
    private long bytes;

    NdjsonLayout(Path directory) {
        this.directory = directory;
    }

    @Override
    public Slice slice() {
        return new Lines();
    }

    @Override
    public long files() {
        return files.size();
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        for (OutputStream file : files.values()) {
            file.close();
        }
    }

    private void append(String type, JsonBytes lines) throws IOException {
        OutputStream file = files.get(type);
        if (file == null) {
            file = Files.newOutputStream(directory.resolve(type + ".ndjson"));
            files.put(type, file);
        }
        lines.writeTo(file);
        bytes += lines.length();
    }

    private final class Lines implements Slice {

        private final Map<String, JsonBytes> byType = new HashMap<>();
        private final Map<String, Long> counts = new TreeMap<>();

        @Override
        public void resource(String type, String id, JsonBytes json) {
            byType.computeIfAbsent(type, t -> new JsonBytes()).append(json).raw("\n");
            counts.merge(type, 1L, Long::sum);
        }

        @Override
        public void endOfPatient(long patient) {
            // Lines of different patients need nothing between them.
        }

        @Override
        public Map<String, Long> finish() throws IOException {
            for (Map.Entry<String, JsonBytes> entry : byType.entrySet()) {
                append(entry.getKey(), entry.getValue());
            }
            byType.clear();
            return counts;
        }
    }
}
