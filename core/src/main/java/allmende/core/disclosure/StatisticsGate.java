package allmende.core.disclosure;

import allmende.core.disclosure.PublishedStatistics.Concept;
import allmende.core.disclosure.PublishedStatistics.Context;
import allmende.core.disclosure.PublishedStatistics.Histogram;
import allmende.core.disclosure.PublishedStatistics.Pair;
import allmende.core.disclosure.PublishedStatistics.Term;
import allmende.core.disclosure.PublishedStatistics.Years;
import allmende.core.fhir.Coding;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the statistics that a site publishes of true ones: each number gets noise of its own, and numbers that are too small
 * are left out. ε holds for each number by itself; a patient is in many numbers, so this protects single facts about a
 * patient rather than everything about a patient together.
 */
public final class StatisticsGate {

    /** From this part of the expected number on, a difference from it is worth telling. */
    private static final double SURPRISE = 0.15;

    private final DisclosureRules rules;
    private final NoiseKey key;

    /** Releases by these rules, with noise from this key. */
    public StatisticsGate(DisclosureRules rules, NoiseKey key) {
        this.rules = rules;
        this.key = key;
    }

    /**
     * What is published beside the numbers.
     *
     * @param period the month of publication
     * @param features names of the extensions of the query language that the site understands
     * @param terminologies version of each code system whose hierarchy the site knows, by URI
     */
    public record About(YearMonth period, Set<String> features, Map<String, String> terminologies) {}

    /** Releases statistics. */
    public Released<PublishedStatistics> release(Unreleased<RawStatistics> unreleased, About about) {
        RawStatistics raw = unreleased.content();
        Cell cell =
                new Cell(rules, key.noise(("statistics " + about.period()).getBytes(StandardCharsets.UTF_8), raw.t()));
        Map<String, Context> contexts = new LinkedHashMap<>();
        raw.contexts().forEach((name, context) -> {
            Context told = context(name, context, cell);
            if (told.patients() > 0) {
                contexts.put(name, told);
            }
        });
        long patients = cell.rounded("patients", raw.patients());
        return new Released<>(new PublishedStatistics(
                about.period(),
                patients,
                strata("", raw.strata(), cell),
                contexts,
                together(raw.together(), contexts, cell, Math.max(1, patients)),
                about.features(),
                about.terminologies(),
                rules.terms()));
    }

    /** Releases one number; 0 where it is too small. */
    static final class Cell {

        private final DisclosureRules rules;
        private final Noise noise;
        private final Mechanism mechanism;
        private final long threshold;

        Cell(DisclosureRules rules, Noise noise) {
            this.rules = rules;
            this.noise = noise;
            this.mechanism = Mechanism.of(rules, Math.round(rules.statisticsEpsilon() * Mechanism.MILLION));
            this.threshold = new Decision(rules, mechanism).threshold();
        }

        long threshold() {
            return threshold;
        }

        int plain(String place, long count) {
            // a count far below the threshold is withheld whatever its noise
            if (count < rules.minimum()) {
                return 0;
            }
            long noised = count + noise.of(mechanism, place);
            return noised >= threshold ? Math.toIntExact(noised) : 0;
        }

        long rounded(String place, long count) {
            return Decision.rounded(plain(place, count), rules.rounding());
        }
    }

    private static Context context(String name, RawStatistics.Context raw, Cell cell) {
        long patients = cell.rounded("context " + name, raw.patients());
        Map<Coding, Concept> concepts = new LinkedHashMap<>();
        if (patients > 0) {
            raw.concepts().forEach((coding, concept) -> {
                Concept told = concept(name + "|" + coding.system() + "|" + coding.code(), concept, cell);
                if (told.patients() > 0) {
                    concepts.put(coding, told);
                }
            });
        }
        return new Context(patients, concepts);
    }

    private static Concept concept(String place, RawStatistics.Concept raw, Cell cell) {
        long patients = cell.rounded(place, raw.patients());
        if (patients == 0) {
            return new Concept(0, null, Strata.NONE, Years.NONE, List.of(), Map.of());
        }
        List<Histogram> histograms = new ArrayList<>();
        raw.values().forEach((unit, bins) -> {
            Histogram histogram = new HistogramGate(cell).release(place + "|" + unit, unit, bins);
            if (!histogram.patients().isEmpty()) {
                histograms.add(histogram);
            }
        });
        Map<Coding, Long> coded = new LinkedHashMap<>();
        raw.coded().forEach((value, count) -> {
            long told = cell.rounded(place + "|=" + value.system() + "|" + value.code(), count);
            if (told > 0) {
                coded.put(value, told);
            }
        });
        return new Concept(
                patients,
                raw.display(),
                strata(place, raw.strata(), cell),
                years(place, raw.years(), cell),
                histograms,
                coded);
    }

    private static Strata strata(String place, Strata raw, Cell cell) {
        int[] told = new int[Strata.SIZE];
        for (int i = 0; i < told.length; i++) {
            told[i] = cell.plain(place + "|stratum " + i, raw.patients(i));
        }
        return Strata.of(told);
    }

    private static Years years(String place, Years raw, Cell cell) {
        List<Integer> told = new ArrayList<>();
        int from = raw.from();
        for (int i = 0; i < raw.patients().size(); i++) {
            int count = cell.plain(
                    place + "|year " + (raw.from() + i), raw.patients().get(i));
            if (told.isEmpty() && count == 0) {
                from = raw.from() + i + 1;
            } else {
                told.add(count);
            }
        }
        while (!told.isEmpty() && told.getLast() == 0) {
            told.removeLast();
        }
        return told.isEmpty() ? Years.NONE : new Years(from, told);
    }

    /** Only pairs that meet otherwise than chance would have it: the others can be worked out from their terms. */
    private static List<Pair> together(List<Pair> raw, Map<String, Context> contexts, Cell cell, long all) {
        List<Pair> told = new ArrayList<>();
        for (Pair pair : raw) {
            double expected = (double) published(pair.first(), contexts) * published(pair.second(), contexts) / all;
            long both = cell.rounded("together " + place(pair.first()) + " " + place(pair.second()), pair.patients());
            boolean surprising = Math.abs(both - expected) > cell.threshold() + SURPRISE * expected;
            if (expected > 0 && surprising) {
                told.add(new Pair(pair.first(), pair.second(), both));
            }
        }
        return told;
    }

    private static String place(Term term) {
        return term.context() + "|" + term.coding().system() + "|"
                + term.coding().code();
    }

    private static long published(Term term, Map<String, Context> contexts) {
        Context context = contexts.get(term.context());
        Concept concept = context == null ? null : context.concepts().get(term.coding());
        return concept == null ? 0 : concept.patients();
    }
}
