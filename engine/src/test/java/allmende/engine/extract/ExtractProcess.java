package allmende.engine.extract;

import allmende.core.extraction.ConsentCheck;
import allmende.core.extraction.Extracted;
import allmende.core.extraction.Extraction;
import allmende.engine.store.Store;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Extracts in a process of its own, so that it can be killed. */
final class ExtractProcess {

    static final int BATCH = 3;

    private ExtractProcess() {}

    /** Arguments: data folder, work folder, folder of the results, last patient's number, milliseconds to wait per patient. */
    public static void main(String[] arguments) throws IOException {
        try (Store store = Stores.open(new StoreLocation.Embedded(Path.of(arguments[0])))) {
            run(
                    store,
                    Path.of(arguments[1]),
                    Path.of(arguments[2]),
                    Integer.parseInt(arguments[3]),
                    Integer.parseInt(arguments[4]));
        }
    }

    static ExtractReport run(Store store, Path work, Path out, int last, int millis) throws IOException {
        Extraction extraction = Case.extraction(Case.group("p", Case.PERSON, "", Case.field("Patient.gender", false))
                + ","
                + Case.group("c", Case.DIAGNOSE, "", Case.field("Condition.code", true)));
        Files.createDirectories(out);
        return Case.pipeline(store, last, BATCH)
                .run(
                        Case.request(extraction, store.currentT(), ConsentCheck.NONE, work),
                        number -> new Slow(out.resolve("batch-" + number), millis),
                        Watch.NONE);
    }

    /** Writes a batch when it is complete. */
    private static final class Slow implements BatchSink {
        private final Path file;
        private final int millis;
        private final List<String> lines = new ArrayList<>();
        private boolean complete;

        Slow(Path file, int millis) {
            this.file = file;
            this.millis = millis;
        }

        @Override
        public void shared(List<Extracted> resources) {
            resources.forEach(each -> lines.add(each.toString()));
        }

        @Override
        public void patient(String patient, List<Extracted> resources) throws IOException {
            shared(resources);
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void complete() {
            complete = true;
        }

        @Override
        public void close() throws IOException {
            if (complete) {
                Path part = Files.write(file.resolveSibling(file.getFileName() + ".part"), lines);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
