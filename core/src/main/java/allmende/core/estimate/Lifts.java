package allmende.core.estimate;

import allmende.core.disclosure.PublishedStatistics;
import allmende.core.disclosure.PublishedStatistics.Concept;
import allmende.core.disclosure.PublishedStatistics.Context;
import allmende.core.disclosure.PublishedStatistics.Pair;
import allmende.core.disclosure.PublishedStatistics.Term;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much more often two terms meet in a patient than if they had nothing to do with each other. */
final class Lifts {

    /** Pairs that are published as too few meet in about so many patients. */
    private static final double UNPUBLISHED = 12;

    private record Two(Term one, Term other) {}

    private final PublishedStatistics statistics;
    private final Map<Two, Long> together = new HashMap<>();

    Lifts(PublishedStatistics statistics) {
        this.statistics = statistics;
        for (Pair pair : statistics.together()) {
            together.put(new Two(pair.first(), pair.second()), pair.patients());
            together.put(new Two(pair.second(), pair.first()), pair.patients());
        }
    }

    /** Patients who have both, as far as published; null where nothing else is known than that they may be independent. */
    @Nullable
    Double both(Term first, Term second) {
        if (first.equals(second)) {
            return patients(first);
        }
        Long both = together.get(new Two(first, second));
        return both == null ? null : (Double) (both == 0 ? UNPUBLISHED : (double) both);
    }

    /** The part of the first term's patients who have the second one as well; 0 where nothing is known. */
    double overlap(Term first, Term second) {
        Double both = both(first, second);
        double all = patients(first);
        return both == null || all <= 0 ? 0 : Math.min(1, both / all);
    }

    /** The factor against independence; 1 where nothing is known. */
    double lift(Term first, Term second) {
        Double both = both(first, second);
        double expected = patients(first) * patients(second) / Math.max(1, statistics.patients());
        return both == null || expected <= 0
                ? 1
                : Math.min(both, Math.min(patients(first), patients(second))) / expected;
    }

    /**
     * The factor for a term that joins groups by AND: of each group its most strongly connected term counts, so that a
     * wider group never makes less likely; then the strongest group.
     */
    double joining(Term term, List<List<Leaf>> groups) {
        double most = 0;
        double least = Double.POSITIVE_INFINITY;
        for (List<Leaf> group : groups) {
            double lift = group.stream()
                    .mapToDouble(other -> lift(term, other.term()))
                    .max()
                    .orElse(1);
            most = Math.max(most, lift);
            least = Math.min(least, lift);
        }
        return groups.isEmpty() ? 1 : most > 1 ? most : least;
    }

    /** The factor for a term that is excluded: only what all terms of a group have in common counts. */
    double leaving(Term term, List<List<Leaf>> groups) {
        double most = 1;
        for (List<Leaf> group : groups) {
            most = Math.max(
                    most,
                    group.stream()
                            .mapToDouble(other -> lift(term, other.term()))
                            .min()
                            .orElse(1));
        }
        return most;
    }

    private double patients(Term term) {
        Context context = statistics.contexts().get(term.context());
        Concept concept = context == null ? null : context.concepts().get(term.coding());
        return concept == null ? 0 : concept.patients();
    }
}
