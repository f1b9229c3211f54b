package allmende.core.estimate;

import allmende.core.cohort.Criterion;
import allmende.core.disclosure.PublishedStatistics;
import allmende.core.disclosure.PublishedStatistics.Concept;
import allmende.core.disclosure.PublishedStatistics.Context;
import allmende.core.disclosure.PublishedStatistics.Pair;
import allmende.core.disclosure.PublishedStatistics.Term;
import allmende.core.fhir.Coding;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How much more often two terms meet in a patient than if they had nothing to do with each other. */
final class Lifts {

    /** Pairs of often-met terms that are not published meet in about so many patients. */
    private static final double UNPUBLISHED = 12;

    private record Two(Term one, Term other) {}

    private final PublishedStatistics statistics;
    private final Map<Two, Long> together = new HashMap<>();
    private final Set<Term> paired = new HashSet<>();

    Lifts(PublishedStatistics statistics) {
        this.statistics = statistics;
        for (Pair pair : statistics.together()) {
            together.put(new Two(pair.first(), pair.second()), pair.patients());
            together.put(new Two(pair.second(), pair.first()), pair.patients());
            paired.add(pair.first());
            paired.add(pair.second());
        }
    }

    /** Patients who have both, as far as published; null where nothing is known. */
    @Nullable
    Double both(Criterion one, Criterion other) {
        Term first = term(one);
        Term second = term(other);
        if (first == null || second == null) {
            return null;
        }
        if (first.equals(second)) {
            return patients(first);
        }
        Long both = together.get(new Two(first, second));
        if (both != null) {
            return (double) both;
        }
        return paired.contains(first) && paired.contains(second) ? UNPUBLISHED : null;
    }

    /** The factor against independence; 1 where nothing is known. */
    double lift(Criterion one, Criterion other) {
        Double both = both(one, other);
        Term first = term(one);
        Term second = term(other);
        if (both == null || first == null || second == null) {
            return 1;
        }
        double expected = patients(first) * patients(second) / Math.max(1, statistics.patients());
        double known = Math.min(both, Math.min(patients(first), patients(second)));
        return expected <= 0 ? 1 : known / expected;
    }

    /**
     * The factor for a criterion that joins groups by AND: of each group its most strongly connected criterion counts, so
     * that a wider group never makes less likely; then the strongest group.
     */
    double joining(Criterion criterion, List<List<Criterion>> groups) {
        double most = 0;
        double least = Double.POSITIVE_INFINITY;
        for (List<Criterion> group : groups) {
            double lift = group.stream()
                    .mapToDouble(other -> lift(criterion, other))
                    .max()
                    .orElse(1);
            most = Math.max(most, lift);
            least = Math.min(least, lift);
        }
        return groups.isEmpty() ? 1 : most > 1 ? most : least;
    }

    /** The factor for a criterion that is excluded: only what all criteria of a group have in common counts. */
    double leaving(Criterion criterion, List<List<Criterion>> groups) {
        double most = 1;
        for (List<Criterion> group : groups) {
            most = Math.max(
                    most,
                    group.stream().mapToDouble(other -> lift(criterion, other)).min().orElse(1));
        }
        return most;
    }

    private static @Nullable Term term(Criterion criterion) {
        List<Coding> codes = criterion.termCodes();
        return codes.size() == 1 ? new Term(criterion.context(), codes.getFirst()) : null;
    }

    private double patients(Term term) {
        Context context = statistics.contexts().get(term.context());
        Concept concept = context == null ? null : context.concepts().get(term.coding());
        return concept == null ? 0 : concept.patients();
    }
}
