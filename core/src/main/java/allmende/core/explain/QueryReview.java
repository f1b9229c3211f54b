package allmende.core.explain;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.terminology.Terminology;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Looks for typical mistakes in a query. */
public final class QueryReview {

    /** Queries with more codes are not compared criterion by criterion: it would take longer than anyone waits. */
    static final int MOST_CODES_COMPARED = 2_000;

    private QueryReview() {}

    /**
     * What the author may not have meant, the worst first; empty where nothing is found.
     *
     * @param catalogue tells which criteria are about ages
     * @param terminology tells which codes exist and which stand below others; those of other code systems are only compared
     * @param today for ages and days in the future
     */
    public static List<Finding> of(
            CohortQuery query,
            Catalogue catalogue,
            Terminology terminology,
            Availability availability,
            LocalDate today) {
        List<Finding> findings = new ArrayList<>(PersonReview.of(query, catalogue, today));
        if (codes(query) <= MOST_CODES_COMPARED) {
            findings.addAll(LogicReview.of(query, new Implication(terminology)));
        }
        findings.addAll(DataReview.of(query, terminology, availability, today));
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static int codes(CohortQuery query) {
        return Stream.of(query.inclusion(), query.exclusion())
                .flatMap(List::stream)
                .flatMap(List::stream)
                .map(Criterion::termCodes)
                .mapToInt(List::size)
                .sum();
    }
}
