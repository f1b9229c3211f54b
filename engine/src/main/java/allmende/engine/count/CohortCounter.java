package allmende.engine.count;

import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Funnel;
import allmende.engine.index.CohortIndex;
import java.time.LocalDate;
import java.util.List;

/** Counts cohorts. Thread-safe. */
public final class CohortCounter {

    private final CohortIndex index;

    /** Counts in this index. */
    public CohortCounter(CohortIndex index) {
        this.index = index;
    }

    /**
     * Counts the patients of a cohort, all of it in one snapshot.
     *
     * @param today the day that ages are counted on
     */
    public CountAnswer count(CohortQuery query, LocalDate today) {
        return new CountAnswer(0, index.t(), new Funnel(List.of(), List.of(), 0), List.of());
    }
}
