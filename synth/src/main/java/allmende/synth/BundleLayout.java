package allmende.synth;

import allmende.synth.json.JsonBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * One transaction bundle per patient, 1,000 to a folder, and {@code organisation.json}, which sorts before them. Every
 * entry is a PUT, so that loading twice changes nothing.
 */
final class BundleLayout implements Layout {

    private static final int PATIENTS_PER_FOLDER = 1000;

    private final Path directory;
    private final LongAdder files = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    BundleLayout(Path directory) {
        this.directory = directory;
    }

    @Override
    public Slice slice() {
        return new Bundles();
    }

    @Override
    public long files() {
        return files.sum();
    }

    @Override
    public long bytes() {
        return bytes.sum();
    }

    @Override
    public void close() {
        // Every bundle's file is closed as soon as it is written.
    }

    private Path patientFile(long patient) throws IOException {
        Path folder = directory
                .resolve("patients")
                .resolve(String.format(Locale.ROOT, "%05d", patient / PATIENTS_PER_FOLDER));
        Files.createDirectories(folder);
        return folder.resolve(String.format(Locale.ROOT, "patient-%08d.json", patient));
    }

    private final class Bundles implements Slice {

        private final JsonBytes bundle = new JsonBytes();
        private final Map<String, Long> counts = new TreeMap<>();

        @Override
        public void resource(String type, String id, JsonBytes json) {
            boolean first = bundle.length() == 0;
            bundle.raw(first ? "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[\n" : ",\n");
            bundle.raw("{\"resource\":").append(json);
            bundle.raw(",\"request\":{\"method\":\"PUT\",\"url\":\"")
                    .raw(type)
                    .raw("/")
                    .raw(id)
                    .raw("\"}}");
            counts.merge(type, 1L, Long::sum);
        }

        @Override
        public void endOfPatient(long patient) throws IOException {
            put(patientFile(patient));
        }

        @Override
        public Map<String, Long> finish() throws IOException {
            if (bundle.length() > 0) {
                put(directory.resolve("organisation.json"));
            }
            return counts;
        }

        private void put(Path file) throws IOException {
            bundle.raw("\n]}\n");
            try (OutputStream stream = Files.newOutputStream(file)) {
                bundle.writeTo(stream);
            }
            files.increment();
            bytes.add(bundle.length());
            bundle.clear();
        }
    }
}
