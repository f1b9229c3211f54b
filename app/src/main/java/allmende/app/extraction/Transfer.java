package allmende.app.extraction;

import allmende.core.extraction.Deidentification;
import allmende.core.extraction.Extracted;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.ResourceKey;
import allmende.engine.extract.BatchSink;
import allmende.engine.extract.ExtractReport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Files as existing pipelines fetch them: {@code core.ndjson} with one transaction Bundle of the resources of no patient, to
 * be loaded first, and a file per batch with one transaction Bundle per patient on each line. Written atomically.
 */
final class Transfer implements Destination {

    static final String NAME = "bundles";
    static final String CORE = "core.ndjson";

    @Override
    public String name() {
        return NAME;
    }

    /** Existing pipelines de-identify in a step of their own. */
    @Override
    public Deidentification deidentification(ExtractionOrder order) {
        return Deidentification.NONE;
    }

    @Override
    public Delivering open(Path folder, ExtractionOrder order) {
        return new Delivering() {
            @Override
            public BatchSink batch(int number) throws IOException {
                return new BundleFile(folder, number == 0 ? CORE : "batch-%05d.ndjson".formatted(number));
            }

            @Override
            public void finish(ExtractReport report) {
                // every batch is whole by itself
            }
        };
    }

    /** One file on its way. */
    private static final class BundleFile implements BatchSink {

        private final Path part;
        private final Path file;
        private final OutputStream out;
        private @Nullable ObjectNode core;
        private boolean complete;

        BundleFile(Path folder, String name) throws IOException {
            this.file = folder.resolve(name);
            this.part = folder.resolve(name + ".part");
            this.out = new BufferedOutputStream(Files.newOutputStream(part));
        }

        @Override
        public void shared(List<Extracted> resources) {
            ObjectNode bundle = core == null ? bundle() : core;
            resources.forEach(each -> add(bundle, each.resource()));
            core = bundle;
        }

        @Override
        public void patient(String patient, List<Extracted> resources) throws IOException {
            ObjectNode bundle = bundle();
            resources.forEach(each -> add(bundle, each.resource()));
            line(bundle);
        }

        private void line(ObjectNode bundle) throws IOException {
            out.write(FhirJson.write(bundle));
            out.write('\n');
        }

        private static ObjectNode bundle() {
            ObjectNode bundle = FhirJson.mapper().createObjectNode();
            bundle.put("resourceType", "Bundle").put("type", "transaction").putArray("entry");
            return bundle;
        }

        private static void add(ObjectNode bundle, ObjectNode resource) {
            String key = new ResourceKey(
                            resource.path("resourceType").asString(""),
                            resource.path("id").asString(""))
                    .toString();
            ObjectNode entry = ((ArrayNode) bundle.path("entry")).addObject();
            entry.put("fullUrl", key);
            entry.set("resource", resource);
            entry.putObject("request").put("method", "PUT").put("url", key);
        }

        @Override
        public void complete() throws IOException {
            if (core != null) {
                line(core);
            }
            complete = true;
        }

        @Override
        public void close() throws IOException {
            out.close();
            if (complete) {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.deleteIfExists(part);
            }
        }
    }
}
