package allmende.app.extraction;

import allmende.app.fhirapi.Outcomes;
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
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Files as existing pipelines fetch them: {@code core.ndjson} with one transaction Bundle of the resources of no patient, to
 * be loaded first, and a file per batch with one transaction Bundle per patient on each line; in each bundle a Provenance per
 * group. Written atomically. Beside them, in counts, what was left out.
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
    public Delivering open(Path folder, ExtractionOrder order) throws IOException {
        Origins origins = Origins.of(folder, order);
        return new Delivering() {
            @Override
            public BatchSink batch(int number) throws IOException {
                return new BundleFile(origins, folder, number == 0 ? CORE : "batch-%05d.ndjson".formatted(number));
            }

            @Override
            public void finish(ExtractReport report) throws IOException {
                // every batch is whole by itself; beside them stands what was left out, in counts
                Files.write(folder.resolve(Exclusions.PATIENTS), Exclusions.counts(report, true));
                Files.write(folder.resolve(Exclusions.RESOURCES), Exclusions.counts(report, false));
                Files.write(folder.resolve(JobIssues.FILE), Outcomes.json(JobIssues.of(order.crtdl(), report, null)));
            }
        };
    }

    /** One file on its way. */
    private static final class BundleFile implements BatchSink {

        private final Path part;
        private final Path file;
        private final OutputStream out;
        private final Origins origins;
        private final List<Extracted> core = new ArrayList<>();
        private boolean complete;

        BundleFile(Origins origins, Path folder, String name) throws IOException {
            this.origins = origins;
            this.file = folder.resolve(name);
            this.part = folder.resolve(name + ".part");
            this.out = new BufferedOutputStream(Files.newOutputStream(part));
        }

        @Override
        public void shared(List<Extracted> resources) {
            core.addAll(resources);
        }

        @Override
        public void patient(String patient, List<Extracted> resources) throws IOException {
            line(bundle(resources));
        }

        private void line(ObjectNode bundle) throws IOException {
            out.write(FhirJson.write(bundle));
            out.write('\n');
        }

        private ObjectNode bundle(List<Extracted> resources) {
            ObjectNode bundle = FhirJson.mapper().createObjectNode();
            bundle.put("resourceType", "Bundle").put("type", "transaction").putArray("entry");
            resources.forEach(each -> add(bundle, each.resource()));
            origins.of(resources).forEach(each -> add(bundle, each));
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
            if (!core.isEmpty()) {
                line(bundle(core));
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
