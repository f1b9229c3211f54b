package allmende.bench;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.Catalogues;
import allmende.core.fhir.Coding;
import allmende.core.terminology.Hierarchy;
import allmende.core.terminology.Terminology;
import allmende.engine.index.BulkFacts;
import allmende.engine.index.BulkFacts.ConceptPlan;
import allmende.engine.index.BulkFacts.Values;
import allmende.engine.terminology.GermanTerminology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Generates an index of a million patients and a hundred million facts, without resources behind them. Codes of a system
 * are as unevenly frequent as in a hospital: the n-th most frequent one by 1/(n+5). Arguments: directory, number of
 * patients, facts per patient.
 */
final class FactsRun {

    /** Shares of the facts by context, in hundredths. */
    private static final int DIAGNOSES = 15;

    private static final int PROCEDURES = 8;
    private static final int LABORATORY = 50;
    private static final int VITAL_SIGNS = 12;
    private static final int MEDICATIONS = 9;
    private static final int ENCOUNTERS = 5;

    private static final Coding AGE = new Coding("http://snomed.info/sct", "424144002");
    private static final Coding CREATININE = new Coding("http://loinc.org", "2160-0");
    private static final Coding HBA1C = new Coding("http://loinc.org", "4548-4");
    private static final Values MILLIGRAMS = new Values(0, 10, "mg/dL");
    private static final Values PERCENT = new Values(4, 14, "%");

    /** Lists of at most this many codes keep their order: the first are the most frequent. */
    private static final int ORDERED_CODES = 1_000;

    private FactsRun() {}

    /** Prints {@code facts} and {@code bytes}. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        int patients = Integer.parseInt(arguments[1]);
        long hundredth = (long) patients * Integer.parseInt(arguments[2]) / 100;
        Terminology terminology = GermanTerminology.load(directory.resolveSibling("terminology-cache"));
        Catalogue catalogue = Catalogues.shipped();
        List<ConceptPlan> plan = new ArrayList<>();
        spread(plan, "Diagnose", listed(terminology, Terminology.ICD_10_GM), DIAGNOSES * hundredth, null);
        spread(plan, "Procedure", listed(terminology, Terminology.OPS), PROCEDURES * hundredth, null);
        spread(plan, "Laboruntersuchung", laboratory(), LABORATORY * hundredth, MILLIGRAMS);
        plan.replaceAll(concept -> concept.concept().equals(HBA1C) ? withValues(concept, PERCENT) : concept);
        spread(plan, "Vitaldaten", vitalSigns(), VITAL_SIGNS * hundredth, new Values(40, 200, "/min"));
        spread(plan, "Medikamentenverabreichung", substances(), MEDICATIONS * hundredth, null);
        spread(plan, "Fall", encounters(), ENCOUNTERS * hundredth, null);
        plan.add(new ConceptPlan("Patient", AGE, patients, BulkFacts.BIRTHS));
        BulkFacts.write(directory, catalogue, terminology, new BulkFacts.Plan(patients, plan), written -> {});
        System.out.println(
                "facts=" + plan.stream().mapToLong(ConceptPlan::facts).sum());
        System.out.println("bytes=" + size(directory));
    }

    private static void spread(
            List<ConceptPlan> plan, String context, List<Coding> codes, long facts, @Nullable Values values) {
        List<Coding> ranked = new ArrayList<>(codes);
        if (codes.size() > ORDERED_CODES) {
            Collections.shuffle(ranked, new Random(7));
        }
        double weights = 0;
        for (int rank = 0; rank < ranked.size(); rank++) {
            weights += weight(rank);
        }
        for (int rank = 0; rank < ranked.size(); rank++) {
            long share = Math.round(facts * weight(rank) / weights);
            if (share > 0) {
                plan.add(new ConceptPlan(context, ranked.get(rank), share, values));
            }
        }
    }

    private static ConceptPlan withValues(ConceptPlan plan, Values values) {
        return new ConceptPlan(plan.context(), plan.concept(), plan.facts(), values);
    }

    private static double weight(int rank) {
        return 1.0 / (rank + 5);
    }

    private static List<Coding> listed(Terminology terminology, String system) {
        Hierarchy hierarchy = terminology.hierarchy(system).orElseThrow(() -> new BenchFailure("No " + system));
        List<Coding> codes = new ArrayList<>();
        for (int position = 0; position < hierarchy.size(); position++) {
            codes.add(new Coding(system, hierarchy.code(position)));
        }
        return codes;
    }

    private static List<Coding> laboratory() {
        List<Coding> codes = new ArrayList<>(List.of(CREATININE, HBA1C));
        for (int i = 0; i < 300; i++) {
            codes.add(new Coding("http://loinc.org", (10_000 + i) + "-" + i % 10));
        }
        return codes;
    }

    private static List<Coding> vitalSigns() {
        return Stream.of("8867-4", "8480-6", "8462-4", "8310-5", "9279-1", "29463-7")
                .map(code -> new Coding("http://loinc.org", code))
                .toList();
    }

    private static List<Coding> substances() {
        List<Coding> codes = new ArrayList<>();
        for (char group : "ABCDGHJLMNPRSV".toCharArray()) {
            for (int number = 1; number <= 100; number++) {
                String code = group + String.format("%02dA%c%02d", 1 + number % 10, 'A' + number % 5, 1 + number % 20);
                codes.add(new Coding(Terminology.ATC_GERMAN, code));
            }
        }
        return codes.stream().distinct().toList();
    }

    private static List<Coding> encounters() {
        return Stream.of("IMP", "AMB", "EMER")
                .map(code -> new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", code))
                .toList();
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
