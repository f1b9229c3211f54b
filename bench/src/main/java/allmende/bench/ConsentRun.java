package allmende.bench;

import allmende.core.cohort.Catalogues;
import allmende.core.consent.ConsentFacts;
import allmende.core.consent.ConsentJob;
import allmende.core.consent.ConsentRequest;
import allmende.core.consent.Policy;
import allmende.core.consent.Rules;
import allmende.core.fhir.FhirJson;
import allmende.synth.SyntheticHospital;
import allmende.synth.SyntheticResource;
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
 * parsed JSON; reading what they say, putting it in order and evaluating it is what is measured. Argument: how many
 * patients to draw.
 */
final class ConsentRun {

    private static final int RUNS = 7;
    private static final int WARM = 3;
    private static final int ROUNDS = 10;
    private static final int THREADS = 2;
    private static final int PATIENTS = 10_000;

    private record Patient(List<JsonNode> consents, List<JsonNode> encounters) {}

    private ConsentRun() {}

    /** Measures in a process of its own and tells the table. */
    static void measure(ChildJvm jvm, ResultTable table) {
        Map<String, String> figures = jvm.run(ConsentRun.class, Integer.toString(PATIENTS));
        String size = figures.get("patients") + " patients, " + figures.get("consents") + " Consents";
        table.atLeast("consent: evaluated for a job", samples(figures, "evaluated"), "patients/s", 200_000);
        table.plain("consent: made into facts for counting", samples(figures, "facts"), "patients/s", size);
    }

    private static Samples samples(Map<String, String> figures, String name) {
        return JsonbRun.samples(String.valueOf(figures.get(name)));
    }

    /** Prints {@code evaluated=} and {@code facts=}, patients per second of each run after the warm ones. */
    public static void main(String[] arguments) throws Exception {
        List<Patient> patients = draw(Integer.parseInt(arguments[0]));
        System.out.println("patients=" + patients.size());
        System.out.println("consents="
                + patients.stream().mapToInt(one -> one.consents().size()).sum());
        TreeSet<String> policies = new TreeSet<>(List.of(Policy.code(6), Policy.code(8), Policy.code(45)));
        ConsentJob job = new ConsentJob(new ConsentRequest(policies, LocalDate.of(2025, 6, 15), Rules.ALLMENDE));
        print("evaluated", patients, one -> job.of(one.consents(), one.encounters())
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

    private static void print(String name, List<Patient> patients, ToLongFunction<Patient> work)
            throws InterruptedException {
        StringBuilder rates = new StringBuilder();
        for (int run = 0; run < WARM + RUNS; run++) {
            double rate = rate(patients, work);
            if (run >= WARM) {
                rates.append(rates.isEmpty() ? "" : " ").append(String.format(Locale.ROOT, "%.0f", rate));
            }
        }
        System.out.println(name + "=" + rates);
    }

    private static double rate(List<Patient> patients, ToLongFunction<Patient> work) throws InterruptedException {
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
