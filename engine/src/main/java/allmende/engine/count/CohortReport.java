package allmende.engine.count;

import java.util.List;

/**
 * The answer to a cohort query with the cohort's distribution over age and sex, of the same snapshot. Inside a site;
 * whatever leaves passes the release gate.
 *
 * @param distribution always the same cells in the same order, those without patients included; each patient of the cohort
 *     is in exactly one, so that they add up to the count
 */
public record CohortReport(CountAnswer answer, List<AgeSexCell> distribution) {

    public CohortReport {
        distribution = List.copyOf(distribution);
    }
}
