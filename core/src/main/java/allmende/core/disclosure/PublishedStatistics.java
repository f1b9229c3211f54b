package allmende.core.disclosure;

import allmende.core.fhir.Coding;
import java.time.YearMonth;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a site publishes about its data beforehand: from it others learn what can be found there and estimate counts. Each
 * number is noised by itself; numbers below the threshold are left out. A site publishes once in a period. See
 * docs/implementation/disclosure.md for what this protects and what not.
 *
 * @param period the month of publication
 * @param patients all patients of the site
 * @param strata all patients by age and sex
 * @param contexts what the site has data for, by context code of the catalogue
 * @param together pairs of concept groups that meet in the same patients
 * @param features extensions of the query language that the site understands, by name
 * @param terminologies version of each code system whose hierarchy the site knows, by its URI
 * @param terms what a question costs at the site
 */
public record PublishedStatistics(
        YearMonth period,
        long patients,
        Strata strata,
        Map<String, Context> contexts,
        List<Pair> together,
        Set<String> features,
        Map<String, String> terminologies,
        Terms terms) {

    public PublishedStatistics {
        contexts = Collections.unmodifiableMap(new LinkedHashMap<>(contexts));
        together = List.copyOf(together);
        features = Collections.unmodifiableSet(new TreeSet<>(features));
        terminologies = Collections.unmodifiableMap(new TreeMap<>(terminologies));
    }

    /**
     * What the site has for one context.
     *
     * @param patients patients with any resource of it; 0 where below the threshold
     * @param concepts by term; a term's number has those of everything below it in its hierarchy, each patient once
     */
    public record Context(long patients, Map<Coding, Concept> concepts) {
        public Context {
            concepts = Collections.unmodifiableMap(new LinkedHashMap<>(concepts));
        }
    }

    /**
     * One term of a context.
     *
     * @param patients patients who have it or anything below it
     * @param display its text as the site's data have it; null where the terminology has one
     * @param strata the same patients by age today and sex
     * @param years the same patients by calendar year of the resources; a patient counts once in each year
     * @param histograms its numeric values, by unit
     * @param coded its coded values: patients who have the term with this value
     */
    public record Concept(
            long patients,
            @Nullable String display,
            Strata strata,
            Years years,
            List<Histogram> histograms,
            Map<Coding, Long> coded) {
        public Concept {
            histograms = List.copyOf(histograms);
            coded = Collections.unmodifiableMap(new LinkedHashMap<>(coded));
        }

        /** A term without coded values. */
        public Concept(
                long patients, @Nullable String display, Strata strata, Years years, List<Histogram> histograms) {
            this(patients, display, strata, years, histograms, Map.of());
        }
    }

    /**
     * Patients by calendar year.
     *
     * @param from the first year
     * @param patients one number for each year from then on
     */
    public record Years(int from, List<Integer> patients) {

        /** No year. */
        public static final Years NONE = new Years(0, List.of());

        public Years {
            patients = List.copyOf(patients);
        }
    }

    /**
     * Values of a term in one unit. Bin {@code i} has the values in {@code [bounds[i], bounds[i + 1])}.
     *
     * @param unit as the data write it; empty where they have none
     * @param bounds ascending, one more than bins
     * @param patients patients with at least one value in the bin; a patient may be in several
     * @param highest patients whose highest value is in the bin
     * @param lowest patients whose lowest value is in the bin
     */
    public record Histogram(
            String unit, List<Double> bounds, List<Integer> patients, List<Integer> highest, List<Integer> lowest) {
        public Histogram {
            bounds = List.copyOf(bounds);
            patients = List.copyOf(patients);
            highest = List.copyOf(highest);
            lowest = List.copyOf(lowest);
            if (bounds.size() != patients.size() + 1
                    || highest.size() != patients.size()
                    || lowest.size() != patients.size()) {
                throw new IllegalArgumentException("a histogram has one bound more than bins");
            }
        }
    }

    /**
     * Patients who have both of two terms (or anything below them); 0 for too few to tell. Among the most frequent terms,
     * pairs that are not listed meet about as often as chance would have it.
     */
    public record Pair(Term first, Term second, long patients) {}

    /** A term in a context. */
    public record Term(String context, Coding coding) {}

    /**
     * What a question costs at the site.
     *
     * @param epsilon for one question
     * @param capacity the most ε a requester can have there
     * @param refillDays days in which an empty budget fills up
     * @param minimum true counts below this are never given
     */
    public record Terms(double epsilon, double capacity, int refillDays, long minimum) {}
}
