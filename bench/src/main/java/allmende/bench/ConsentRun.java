package allmende.bench;

import allmende.core.cohort.Catalogues;
import allmende.core.consent.ConsentFacts;
import allmende.core.consent.ConsentJob;
import allmende.core.consent.ConsentRequest;
import allmende.core.consent.Declarations;
import allmende.core.consent.Policy;
import allmende.core.consent.Rules;
import allmende.core.fhir.FhirJson;
import allmende.synth.SyntheticHospital;
import allmende.synth.SyntheticResource;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Evaluates the consent of synthetic patients who have any, over and over, on two threads. The Consents and Encounters are
 * parsed JSON. Measured are: evaluating declarations that were read before; reading what Consents say, putting it in
 * order and evaluating it; and making facts for counting. Argument: how many patients to draw.
 */
final class ConsentRun {

    private static final int RUNS = 7;
    private static final int WARM = 3;
    private static final int ROUNDS = 10;
    private static final int THREADS = 2;
    private static final int PATIENTS = 4_000;

    private record Patient(List<JsonNode> consents, List<JsonNode> encounters) {}

    private record Declared(Declarations declarations, List<JsonNode> encounters) {}

    private ConsentRun() {}

    /** Measures in a process of its own and tells the table. */
    static void measure(ChildJvm jvm, ResultTable table) {
        Map<String, String> figures = jvm.run(ConsentRun.class, Integer.toString(PATIENTS));
        String size = figures.get("patients") + " patients, " + figures.get("consents") + " Consents";
        table.atLeast("consent: declarations evaluated", samples(figures, "evaluated"), "patients/s", 200_000);
        table.plain("consent: … per processor second", samples(figures, "evaluatedPerProcessor"), "patients/s", size);
        table.plain("consent: read from JSON and evaluated", samples(figures, "read"), "patients/s", size);
        table.plain("consent: made into facts for counting", samples(figures, "facts"), "patients/s", size);
    }

    private static Samples samples(Map<String, String> figures, String name) {
        return JsonbRun.samples(String.valueOf(figures.get(name)));
    }

    /** Prints {@code evaluated=}, {@code read=} and {@code facts=}, patients per second of each run after the warm ones. */
    public static void main(String[] arguments) throws Exception {
        List<Patient> patients = draw(Integer.parseInt(arguments[0]));
        System.out.println("patients=" + patients.size());
        System.out.println("consents="
                + patients.stream().mapToInt(one -> one.consents().size()).sum());
        TreeSet<String> policies = new TreeSet<>(List.of(Policy.code(6), Policy.code(8), Policy.code(45)));
        ConsentJob job = new ConsentJob(new ConsentRequest(policies, LocalDate.of(2025, 6, 15), Rules.ALLMENDE));
        List<Declared> declared = patients.stream()
                .map(one -> new Declared(job.read(one.consents()), one.encounters()))
                .toList();
        print("evaluated", declared, one -> job.of(one.declarations(), one.encounters())
                .window()
                .size());
        print("read", patients, one -> job.of(one.consents(), one.encounters())
                .window()
                .size());
        ConsentFacts facts = new ConsentFacts(
                Catalogues.shipped().context(ConsentRequest.CONTEXT).orElseThrow());
        print("facts", patients, one -> facts.of(one.consents()).size());
    }

    private static List<Patient> draw(int count) {
        SyntheticHospital hospital = new SyntheticHospital(count, 1);
        List<Patient> patients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Patient patient = new Patient(new ArrayList<>(), new ArrayList<>());
            for (SyntheticResource resource : hospital.patient(i)) {
                switch (resource.type()) {
                    case "Consent" -> patient.consents().add(FhirJson.parse(resource.json()));
                    case "Encounter" -> patient.encounters().add(FhirJson.parse(resource.json()));
                    default -> {}
                }
            }
            if (!patient.consents().isEmpty()) {
                patients.add(patient);
            }
        }
        return patients;
    }

    private static <T> void print(String name, List<T> patients, ToLongFunction<T> work) throws InterruptedException {
        StringBuilder rates = new StringBuilder();
        StringBuilder perProcessor = new StringBuilder();
        for (int run = 0; run < WARM + RUNS; run++) {
            AtomicLong busy = new AtomicLong();
            double rate = rate(patients, work, busy);
            if (run >= WARM) {
                rates.append(String.format(Locale.ROOT, "%.0f ", rate));
                perProcessor.append(
                        String.format(Locale.ROOT, "%.0f ", (double) patients.size() * ROUNDS / busy.get() * 1e9));
            }
        }
        System.out.println(name + "=" + rates.toString().strip());
        System.out.println(name + "PerProcessor=" + perProcessor.toString().strip());
    }

    private static <T> double rate(List<T> patients, ToLongFunction<T> work, AtomicLong busy)
            throws InterruptedException {
        AtomicLong sum = new AtomicLong();
        long begun = System.nanoTime();
        List<Thread> threads = IntStream.range(0, THREADS)
                .mapToObj(first -> Thread.ofPlatform().start(() -> {
                    long found = 0;
                    for (int round = 0; round < ROUNDS; round++) {
                        for (int i = first; i < patients.size(); i += THREADS) {
                            found += work.applyAsLong(patients.get(i));
                        }
                    }
                    sum.addAndGet(found);
                    busy.addAndGet(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (sum.get() == 0) {
            throw new BenchFailure("Nobody permits anything");
        }
        return (double) patients.size() * ROUNDS / seconds;
    }
}
