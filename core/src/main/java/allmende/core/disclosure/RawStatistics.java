package allmende.core.disclosure;

import allmende.core.disclosure.PublishedStatistics.Pair;
import allmende.core.disclosure.PublishedStatistics.Years;
import allmende.core.fhir.Coding;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * True numbers about a site's data, inside the site. The parts are those of {@link PublishedStatistics}, where they are
 * described.
 *
 * @param t the snapshot that they are about
 */
public record RawStatistics(long t, long patients, Strata strata, Map<String, Context> contexts, List<Pair> together) {

    public RawStatistics {
        contexts = Collections.unmodifiableMap(new LinkedHashMap<>(contexts));
        together = List.copyOf(together);
    }

    /** What the site has for one context. */
    public record Context(long patients, Map<Coding, Concept> concepts) {
        public Context {
            concepts = Collections.unmodifiableMap(new LinkedHashMap<>(concepts));
        }
    }

    /**
     * One term of a context.
     *
     * @param values numbers by unit (empty where there is none) and bin of {@link ValueGrid}
     */
    public record Concept(
            long patients,
            @Nullable String display,
            Strata strata,
            Years years,
            Map<String, SortedMap<Integer, Bin>> values,
            Map<Coding, Long> coded) {
        public Concept {
            Map<String, SortedMap<Integer, Bin>> copy = new LinkedHashMap<>();
            values.forEach((unit, bins) -> copy.put(unit, Collections.unmodifiableSortedMap(new TreeMap<>(bins))));
            values = Collections.unmodifiableMap(copy);
            coded = Collections.unmodifiableMap(new LinkedHashMap<>(coded));
        }

        /** The same with a text. */
        public Concept withDisplay(@Nullable String text) {
            return new Concept(patients, text, strata, years, values, coded);
        }
    }

    /** Patients with any, with their highest and with their lowest value in a bin. */
    public record Bin(long any, long highest, long lowest) {

        /** Both together. */
        public Bin plus(Bin other) {
            return new Bin(any + other.any, highest + other.highest, lowest + other.lowest);
        }
    }

    /** Says nothing about the numbers. */
    @Override
    public String toString() {
        return "RawStatistics at " + t;
    }
}
