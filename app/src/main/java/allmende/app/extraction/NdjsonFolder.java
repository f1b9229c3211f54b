package allmende.app.extraction;

import allmende.core.extraction.Extracted;
import allmende.core.fhir.FhirJson;
import allmende.engine.extract.BatchSink;
import allmende.engine.extract.ExtractSink;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes resources as NDJSON, a file per type and batch: {@code Condition.00001.ndjson}; batch 0 is of no patient. */
public final class NdjsonFolder implements ExtractSink {

    private static final String PART = ".part";

    private final Path folder;

    /** Into this folder, which is made. */
    public NdjsonFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    @Override
    public BatchSink batch(int number) {
        return new Batch(number);
    }

    /** A batch on its way; each of its files gets its name when the batch is complete. */
    private final class Batch implements BatchSink {

        private final int number;
        private final Map<Path, OutputStream> files = new TreeMap<>();
        private boolean complete;

        Batch(int number) {
            this.number = number;
        }

        @Override
        public void shared(List<Extracted> resources) throws IOException {
            for (Extracted each : resources) {
                String type = each.resource().path("resourceType").asString("").replaceAll("[^A-Za-z]", "");
                Path file = folder.resolve("%s.%05d.ndjson".formatted(type, number));
                OutputStream out = files.get(file);
                if (out == null) {
                    out = new BufferedOutputStream(Files.newOutputStream(part(file)));
                    files.put(file, out);
                }
                out.write(FhirJson.write(each.resource()));
                out.write('\n');
            }
        }

        private static Path part(Path file) {
            return file.resolveSibling(file.getFileName() + PART);
        }

        @Override
        public void patient(String patient, List<Extracted> resources) throws IOException {
            shared(resources);
        }

        @Override
        public void complete() {
            complete = true;
        }

        @Override
        public void close() throws IOException {
            for (Map.Entry<Path, OutputStream> file : files.entrySet()) {
                file.getValue().close();
                if (complete) {
                    Files.move(
                            part(file.getKey()),
                            file.getKey(),
                            StandardCopyOption.ATOMIC_MOVE,
                            StandardCopyOption.REPLACE_EXISTING);
                } else {
                    Files.deleteIfExists(part(file.getKey()));
                }
            }
        }
    }
}
