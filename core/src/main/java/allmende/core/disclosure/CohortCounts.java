package allmende.core.disclosure;

import allmende.core.cohort.Funnel;

/**
 * The true counts of a cohort, inside a site.
 *
 * @param funnel how the cohort came about, with its size
 * @param strata the cohort by age and sex
 * @param t the snapshot that was counted
 */
public record CohortCounts(Funnel funnel, Strata strata, long t) {

    /** Says nothing about the counts. */
    @Override
    public String toString() {
        return "CohortCounts at " + t;
    }
}
