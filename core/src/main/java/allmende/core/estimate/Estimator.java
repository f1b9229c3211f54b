package allmende.core.estimate;

import allmende.core.cohort.CohortQuery;
import allmende.core.disclosure.PublishedStatistics;
import java.util.List;
import java.util.Map;

/** Estimates counts from published statistics. Thread-safe. */
public final class Estimator {

    /**
     * Estimates the cohort at each site and in all.
     *
     * @param statistics the newest publication of each site, by site id
     */
    public Estimate estimate(CohortQuery query, Map<String, PublishedStatistics> statistics) {
        return new Estimate(0, 0, 0, Map.of(), List.of());
    }
}
