package allmende.core.disclosure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a site tells about a cohort, all of it released.
 *
 * @param total patients in the cohort
 * @param inclusion the AND steps in the order of the question
 * @param exclusion the exclusion steps in the order of the question
 * @param distribution the cohort by age and sex, disjoint cells; the bands are as fine as the size of the cohort allows,
 *     empty where the total is not given
 * @param t the snapshot of the site's data that was counted
 * @param privacy what it cost and what is left
 */
public record CountReport(
        Disclosed total, List<Step> inclusion, List<Step> exclusion, List<Cell> distribution, long t, Privacy privacy) {

    public CountReport {
        inclusion = List.copyOf(inclusion);
        exclusion = List.copyOf(exclusion);
        distribution = List.copyOf(distribution);
    }

    /**
     * One step of the funnel. Numbers of patients who remain only fall from step to step; the last one is the total.
     *
     * @param remaining patients in the cohort after this step
     * @param criteria each criterion of the step by itself
     */
    public record Step(Disclosed remaining, List<Leaf> criteria) {
        public Step {
            criteria = List.copyOf(criteria);
        }
    }

    /**
     * A criterion by itself.
     *
     * @param pointer JSON pointer to the criterion in the question
     * @param patients patients who meet it, whatever else is asked
     */
    public record Leaf(String pointer, Disclosed patients) {}

    /**
     * A part of the cohort.
     *
     * @param ageFrom youngest age in completed years
     * @param ageTo oldest age, inclusive; null where open
     * @param sex FHIR administrative gender, {@code unknown}, or {@code any} where not divided by sex
     */
    public record Cell(int ageFrom, @Nullable Integer ageTo, String sex, Disclosed patients) {}

    /**
     * What the answer cost. Budgets are in units of ε.
     *
     * @param epsilon the ε of the whole report
     * @param charged whether this answer was charged; repeats of an answered question over the same snapshot are not
     * @param remaining what the requester has left at this site
     * @param capacity the most the requester can have at this site
     * @param refillDays days in which an empty budget fills up
     * @param minimum true counts below this are never given as a number
     */
    public record Privacy(
            double epsilon, boolean charged, double remaining, double capacity, int refillDays, long minimum) {}
}
