package allmende.bench;

import allmende.core.cohort.CohortQuery;
import allmende.core.consent.ConsentJob;
import allmende.core.consent.ConsentRequest;
import allmende.core.deident.Deidentifier;
import allmende.core.deident.ProjectKey;
import allmende.core.deident.RuleSet;
import allmende.core.document.DataDocument;
import allmende.core.extraction.ConsentCheck;
import allmende.core.extraction.Extracted;
import allmende.core.extraction.Extraction;
import allmende.core.extraction.ShippedElements;
import allmende.core.fhir.FhirJson;
import allmende.engine.extract.BatchSink;
import allmende.engine.extract.ExtractReport;
import allmende.engine.extract.ExtractRequest;
import allmende.engine.extract.ExtractSink;
import allmende.engine.extract.Pipeline;
import allmende.engine.extract.Watch;
import allmende.engine.load.LoadProgress;
import allmende.engine.load.Loader;
import allmende.engine.store.Store;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import allmende.synth.SyntheticHospital;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;

/**
 * Extracts six groups of all patients of a folder of files, with consent, references, reduction and de-identification, and
 * writes NDJSON. Arguments: the data folder, which is filled when it is not there yet; the files.
 */
final class ExtractRun {

    private ExtractRun() {}

    /** Prints {@code read}, {@code delivered}, {@code patients}, {@code seconds} and {@code heapMiB}. */
    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(arguments[0]);
        try (Store store = Stores.open(new StoreLocation.Embedded(data))) {
            if (store.currentT() == 0) {
                new Loader(store).load(List.of(Path.of(arguments[1])), LoadProgress.NONE);
            }
            Pipeline pipeline = new Pipeline(
                    store,
                    new Pipeline.Knowledge(
                            (query, day) -> RoaringBitmap.bitmapOfRange(
                                    0, store.countsByType().getOrDefault("Patient", 0L)),
                            ShippedElements.load(),
                            Set::of,
                            Set.of()));
            Path work = Files.createTempDirectory(data, "extract");
            long start = System.nanoTime();
            ExtractReport report = pipeline.run(request(store, work), sink(work), Watch.NONE);
            System.out.println("seconds=" + (System.nanoTime() - start) / 1e9);
            System.out.println("read=" + report.read());
            System.out.println("delivered=" + report.delivered());
            System.out.println("patients=" + report.patientsDelivered());
            System.out.println("heapMiB=" + LoadRun.peakHeapMebibytes());
        }
    }

    private static ExtractRequest request(Store store, Path work) throws IOException {
        Extraction extraction =
                switch (DataDocument.read(document())) {
                    case DataDocument.Read.Readable readable ->
                        readable.document().extraction().extraction();
                    case DataDocument.Read.Unreadable unreadable ->
                        throw new BenchFailure(unreadable.problem().message());
                };
        return new ExtractRequest(
                new CohortQuery(List.of(), List.of()),
                extraction,
                store.currentT(),
                SyntheticHospital.END_OF_OBSERVATION,
                ConsentCheck.of(new ConsentJob(ConsentRequest.research(SyntheticHospital.END_OF_OBSERVATION))),
                null,
                new Deidentifier(
                        RuleSet.shipped("kds-pseudonymised"),
                        ProjectKey.of(new byte[ProjectKey.LENGTH]),
                        ExtractRun::pseudonyms)::applyEach,
                work.resolve("work"));
    }

    private static byte[] document() throws IOException {
        try (InputStream stream = ExtractRun.class.getResourceAsStream("/allmende/bench/extract.json")) {
            if (stream == null) {
                throw new BenchFailure("The class path has no extract.json");
            }
            return stream.readAllBytes();
        }
    }

    /** Stands for the pseudonym service, which has a benchmark of its own. */
    private static Map<String, String> pseudonyms(String domain, Set<String> originals) {
        Map<String, String> pseudonyms = HashMap.newHashMap(originals.size());
        originals.forEach(original -> pseudonyms.put(original, "P" + Integer.toHexString(original.hashCode())));
        return pseudonyms;
    }

    /** One file per batch, as plain as can be: what formats cost is measured with them. */
    private static ExtractSink sink(Path folder) {
        return number -> {
            OutputStream out = new BufferedOutputStream(Files.newOutputStream(folder.resolve("batch-" + number)));
            return new BatchSink() {
                @Override
                public void shared(List<Extracted> resources) throws IOException {
                    for (Extracted each : resources) {
                        out.write(FhirJson.write(each.resource()));
                        out.write('\n');
                    }
                }

                @Override
                public void patient(String patient, List<Extracted> resources) throws IOException {
                    shared(resources);
                }

                @Override
                public void close() throws IOException {
                    out.close();
                }
            };
        };
    }
}
