package allmende.bench;

import allmende.core.cohort.CohortQuery;
import allmende.core.consent.ConsentJob;
import allmende.core.consent.ConsentRequest;
import allmende.core.extraction.ConsentCheck;
import allmende.core.extraction.CrtdlReader;
import allmende.core.extraction.Deidentification;
import allmende.core.extraction.Extracted;
import allmende.core.extraction.Extraction;
import allmende.core.extraction.ShippedElements;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.ResourceKey;
import allmende.engine.extract.BatchSink;
import allmende.engine.extract.ExtractReport;
import allmende.engine.extract.ExtractRequest;
import allmende.engine.extract.ExtractSink;
import allmende.engine.extract.Pipeline;
import allmende.engine.extract.Watch;
import allmende.engine.store.ResourceWrite;
import allmende.engine.store.Store;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;
import tools.jackson.databind.JsonNode;

/**
 * Extracts one patient with 10,000 and one with 100,000 resources, linked to each other, in turn: the second is to take no
 * longer per resource. Argument: an empty folder.
 */
final class OnePatientRun {

    private static final int SMALL = 10_000;
    private static final int LARGE = 100_000;
    private static final int RUNS = 5;
    private static final int WARM = 2;
    private static final int ENCOUNTER_EACH = 10;
    private static final LocalDate DAY = LocalDate.of(2024, 1, 1);
    private static final String PROFILES = "https://www.medizininformatik-initiative.de/fhir/core/";
    private static final String POLICY = "2.16.840.1.113883.3.1937.777.24.5.3";

    private OnePatientRun() {}

    /** Measures in a process of its own and enters the ratio. */
    static void measure(ChildJvm jvm, ResultTable table, Path folder) {
        Map<String, String> figures = jvm.run(OnePatientRun.class, folder.toString());
        table.plain("extraction of one patient, 10,000 resources", Bench.samples(figures, "small"), "s", "");
        table.plain("extraction of one patient, 100,000 resources", Bench.samples(figures, "large"), "s", "");
        table.atMost("… time per resource, over that of the smaller one", Bench.samples(figures, "ratio"), "", 1.2);
    }

    /** Prints {@code small=} and {@code large=}, seconds of each run after the warm ones, and {@code ratio=} of those per resource. */
    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(arguments[0]);
        try (Store store = Stores.open(new StoreLocation.Embedded(data.resolve("store")))) {
            for (int size : new int[] {SMALL, LARGE}) {
                fill(store, size);
            }
            StringBuilder small = new StringBuilder();
            StringBuilder large = new StringBuilder();
            StringBuilder ratio = new StringBuilder();
            for (int run = 0; run < WARM + RUNS; run++) {
                double one = seconds(store, data.resolve("small-" + run), SMALL);
                double other = seconds(store, data.resolve("large-" + run), LARGE);
                if (run >= WARM) {
                    small.append(String.format(Locale.ROOT, "%.3f ", one));
                    large.append(String.format(Locale.ROOT, "%.3f ", other));
                    ratio.append(String.format(Locale.ROOT, "%.3f ", other / LARGE / (one / SMALL)));
                }
            }
            System.out.println("small=" + small.toString().strip());
            System.out.println("large=" + large.toString().strip());
            System.out.println("ratio=" + ratio.toString().strip());
        }
    }

    private static double seconds(Store store, Path work, int size) throws IOException {
        Files.createDirectories(work);
        Pipeline pipeline = new Pipeline(
                store,
                new Pipeline.Knowledge((query, day) -> new RoaringBitmap(), ShippedElements.load(), Set::of, Set.of()));
        ExtractRequest request = new ExtractRequest(
                new CohortQuery(List.of(), List.of()),
                asked(),
                store.currentT(),
                DAY,
                ConsentCheck.of(new ConsentJob(ConsentRequest.research(DAY))),
                List.of(patient(size)),
                Deidentification.NONE,
                work);
        Counting sink = new Counting();
        long start = System.nanoTime();
        ExtractReport report = pipeline.run(request, sink, Watch.NONE);
        double seconds = LoadRun.seconds(start);
        if (report.read() != size || sink.resources == 0) {
            throw new BenchFailure("Not all of the patient was read: " + report.read() + " of " + size);
        }
        return seconds;
    }

    /** Writes each resource to nowhere. */
    private static final class Counting implements ExtractSink, BatchSink {

        private long resources;

        @Override
        public BatchSink batch(int number) {
            return this;
        }

        @Override
        public void shared(List<Extracted> given) {
            for (Extracted each : given) {
                resources += FhirJson.write(each.resource()).length > 0 ? 1 : 0;
            }
        }

        @Override
        public void patient(String patient, List<Extracted> given) {
            shared(given);
        }

        @Override
        public void complete() {
            // nothing is kept
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private static String patient(int size) {
        return "p" + size;
    }

    private static Extraction asked() {
        return CrtdlReader.read(FhirJson.parse("""
                {"version":"1","dataExtraction":{"attributeGroups":[
                 {"id":"p","name":"p","groupReference":"%1$smodul-person/StructureDefinition/PatientPseudonymisiert",
                  "attributes":[{"attributeRef":"Patient.gender","mustHave":false}]},
                 {"id":"c","name":"c","groupReference":"%1$smodul-diagnose/StructureDefinition/Diagnose",
                  "attributes":[{"attributeRef":"Condition.code","mustHave":true},
                   {"attributeRef":"Condition.encounter","mustHave":false,"linkedGroups":["e"]}]},
                 {"id":"e","name":"e","groupReference":"%1$smodul-fall/StructureDefinition/KontaktGesundheitseinrichtung",
                  "includeReferenceOnly":true,"attributes":[{"attributeRef":"Encounter.period","mustHave":false}]}]}}
                """.formatted(PROFILES).getBytes(StandardCharsets.UTF_8)))
                .extraction();
    }

    private static void fill(Store store, int size) {
        String patient = patient(size);
        List<ResourceWrite> writes = new ArrayList<>();
        writes.add(write("""
                {"resourceType":"Patient","id":"%s","gender":"female","birthDate":"1970-01-01"}""".formatted(patient), patient));
        writes.add(write(consent(size), patient));
        for (int i = 2; i < size; i++) {
            writes.add(write(i % ENCOUNTER_EACH == 0 ? encounter(size, i) : condition(size, i), patient));
            if (writes.size() == SMALL) {
                store.write(writes);
                writes = new ArrayList<>();
            }
        }
        store.write(writes);
    }

    private static ResourceWrite write(String json, String patient) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        JsonNode tree = FhirJson.parse(bytes);
        ResourceKey key = new ResourceKey(
                tree.path("resourceType").asString(), tree.path("id").asString());
        return new ResourceWrite(key, bytes, patient, List.of());
    }

    private static String consent(int size) {
        return """
                {"resourceType":"Consent","id":"k%1$d","status":"active","patient":{"reference":"Patient/p%1$d"},
                 "dateTime":"2020-01-01","provision":{"type":"deny","provision":[%2$s,%3$s]}}
                """.formatted(size, permit(6), permit(8));
    }

    private static String permit(int policy) {
        return """
                {"type":"permit","period":{"start":"2020-01-01"},
                 "code":[{"coding":[{"system":"urn:oid:%1$s","code":"%1$s.%2$d"}]}]}
                """.formatted(POLICY, policy);
    }

    private static String encounter(int size, int number) {
        return """
                {"resourceType":"Encounter","id":"e%1$d-%2$d","status":"finished",
                 "meta":{"profile":["%3$smodul-fall/StructureDefinition/KontaktGesundheitseinrichtung"]},
                 "class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IMP"},
                 "subject":{"reference":"Patient/p%1$d"},"period":{"start":"2021-01-01","end":"2021-01-02"}}
                """.formatted(size, number, PROFILES);
    }

    private static String condition(int size, int number) {
        return """
                {"resourceType":"Condition","id":"c%1$d-%2$d",
                 "meta":{"profile":["%3$smodul-diagnose/StructureDefinition/Diagnose"]},
                 "code":{"coding":[{"system":"http://fhir.de/CodeSystem/bfarm/icd-10-gm","version":"2021","code":"I10.00"}]},
                 "subject":{"reference":"Patient/p%1$d"},"encounter":{"reference":"Encounter/e%1$d-%4$d"},
                 "recordedDate":"2021-03-04"}
                """.formatted(size, number, PROFILES, number - number % ENCOUNTER_EACH);
    }
}
