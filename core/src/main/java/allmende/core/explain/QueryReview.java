package allmende.core.explain;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.CohortQuery;
import allmende.core.terminology.Terminology;
import java.time.LocalDate;
import java.util.List;

/** Looks for typical mistakes in a query. */
public final class QueryReview {

    private QueryReview() {}

    /**
     * What the author may not have meant, the worst first; empty where nothing is found.
     *
     * @param today for ages and days in the future
     */
    public static List<Finding> of(
            CohortQuery query,
            Catalogue catalogue,
            Terminology terminology,
            Availability availability,
            LocalDate today) {
        return List.of();
    }
}
