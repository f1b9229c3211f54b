package allmende.bench;

import allmende.core.extraction.Attribute;
import allmende.core.extraction.AttributeGroup;
import allmende.core.extraction.Extracted;
import allmende.core.extraction.Extraction;
import allmende.core.fhir.FhirJson;
import allmende.core.profile.DataProfile;
import allmende.core.profile.ProfileField;
import allmende.core.profile.Profiles;
import allmende.core.profile.Words;
import allmende.engine.delivery.Delivery;
import allmende.engine.delivery.DeliveryFacts;
import allmende.engine.delivery.DeliveryFormat;
import allmende.engine.delivery.DeliveryPlan;
import allmende.engine.delivery.DeliveryWriter;
import allmende.engine.delivery.OwnKey;
import allmende.engine.delivery.ProfileKnowledge;
import allmende.engine.delivery.RecipientKey;
import allmende.engine.delivery.Sealing;
import allmende.engine.extract.BatchSink;
import allmende.synth.SyntheticHospital;
import allmende.synth.SyntheticResource;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a delivery of six groups with all their fields in all formats and seals it. Arguments: an empty folder, how many
 * patients. Making the synthetic resources is not measured.
 */
final class DeliveryRun {

    private static final int BATCH = 200;
    private static final List<String> TYPES =
            List.of("Patient", "Encounter", "Condition", "Procedure", "Observation", "MedicationAdministration");

    private static final int PATIENTS = 10_000;

    private DeliveryRun() {}

    /** Writes in a process with a small heap and enters the figures. */
    static void measure(ResultTable table, Path folder) {
        int patients = Integer.getInteger("allmende.bench.patients", PATIENTS);
        Map<String, String> figures =
                new ChildJvm("512m").run(DeliveryRun.class, folder.toString(), Integer.toString(patients));
        double seconds = figure(figures, "batchSeconds") + figure(figures, "finishSeconds");
        double resources = figure(figures, "resources");
        double megabytes = figure(figures, "megabytes");
        String size = String.format(Locale.ROOT, "%,.0f resources, %,.0f MB", resources, megabytes);
        table.plain("delivery in all formats", Samples.of(resources / seconds), "resources/s", size);
        table.plain("delivery: rows of tables", Samples.of(figure(figures, "rows") / seconds), "rows/s", "");
        table.plain("delivery: sealing", Samples.of(megabytes / figure(figures, "sealSeconds")), "MB/s", "AES-256-GCM");
    }

    private static double figure(Map<String, String> figures, String name) {
        return Double.parseDouble(figures.getOrDefault(name, "NaN"));
    }

    /** Prints {@code resources=}, {@code rows=}, {@code batchSeconds=}, {@code finishSeconds=}, {@code megabytes=} and {@code sealSeconds=}. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int patients = Integer.parseInt(arguments[1]);
        SyntheticHospital hospital = new SyntheticHospital(patients, 1);
        DeliveryWriter writer = DeliveryWriter.open(folder.resolve("delivery"), plan());
        Meter meter = new Meter(new AtomicLong(), new AtomicLong());
        int workers = Runtime.getRuntime().availableProcessors();
        try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
            List<Future<?>> batches = new ArrayList<>();
            for (int first = 0; first < patients; first += BATCH) {
                int from = first;
                batches.add(pool.submit(() -> {
                    batch(hospital, writer, from, Math.min(from + BATCH, patients), meter);
                    return from;
                }));
            }
            for (Future<?> batch : batches) {
                batch.get();
            }
        }
        long start = System.nanoTime();
        Delivery delivery = writer.finish();
        double finish = LoadRun.seconds(start);
        System.out.println("resources=" + meter.resources().get());
        System.out.println("rows="
                + delivery.tables().values().stream().mapToLong(Long::longValue).sum());
        System.out.println("batchSeconds=" + meter.busy().get() / 1e9 / workers);
        System.out.println("finishSeconds=" + finish);
        System.out.println("megabytes=" + delivery.bytes() / 1e6);
        RecipientKey key = ((RecipientKey.Outcome.Read)
                        RecipientKey.read(OwnKey.make(new SecureRandom()).open()))
                .key();
        long seal = System.nanoTime();
        Sealing.seal(delivery.folder(), key, folder.resolve("delivery.cms"));
        System.out.println("sealSeconds=" + LoadRun.seconds(seal));
    }

    /** What was written, and how long the threads were busy with it. */
    private record Meter(AtomicLong resources, AtomicLong busy) {}

    private static void batch(SyntheticHospital hospital, DeliveryWriter writer, int from, int to, Meter meter)
            throws Exception {
        // one patient at a time, as an extraction hands them over: what a run holds is what the writer holds
        long closing;
        try (BatchSink batch = writer.batch(1 + from / BATCH)) {
            for (int i = from; i < to; i++) {
                List<Extracted> resources = extracted(hospital.patient(i));
                long start = System.nanoTime();
                batch.patient("p" + i, resources);
                meter.busy().addAndGet(System.nanoTime() - start);
                meter.resources().addAndGet(resources.size());
            }
            closing = System.nanoTime();
            batch.complete();
        }
        meter.busy().addAndGet(System.nanoTime() - closing);
    }

    private static List<Extracted> extracted(List<SyntheticResource> made) {
        return made.stream()
                .filter(resource -> TYPES.contains(resource.type()))
                .map(resource -> new Extracted(
                        (ObjectNode) FhirJson.parse(resource.json()), new TreeSet<>(List.of(resource.type()))))
                .toList();
    }

    private static DeliveryPlan plan() {
        List<AttributeGroup> groups = TYPES.stream().map(DeliveryRun::group).toList();
        DeliveryFacts facts = new DeliveryFacts(
                "bench",
                "bench",
                "Benchmark",
                "Bench",
                Instant.EPOCH,
                1,
                LocalDate.EPOCH,
                "none",
                "",
                "",
                new Words("", ""),
                "Allmende");
        return DeliveryPlan.of(
                new Extraction(groups), ProfileKnowledge.shipped(), EnumSet.allOf(DeliveryFormat.class), facts);
    }

    /** All fields of the first profile of this type. */
    private static AttributeGroup group(String type) {
        DataProfile profile = Profiles.shipped().all().stream()
                .filter(each -> each.resourceType().equals(type))
                .findFirst()
                .orElseThrow();
        List<Attribute> attributes = profile.fields().stream()
                .map(ProfileField::path)
                .map(path -> new Attribute(path, false, List.of(), ""))
                .toList();
        return new AttributeGroup(type, type, profile.url(), false, attributes, List.of(), "");
    }
}
