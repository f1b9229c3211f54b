package allmende.core.cohort;

import java.util.List;

/**
 * How a cohort came about, step by step. Inside a site; whatever leaves passes the release gate.
 *
 * @param inclusion the AND steps in order
 * @param exclusion the exclusion steps in order
 * @param count patients in the cohort
 */
public record Funnel(List<Step> inclusion, List<Step> exclusion, long count) {

    public Funnel {
        inclusion = List.copyOf(inclusion);
        exclusion = List.copyOf(exclusion);
    }

    /**
     * One group of criteria.
     *
     * @param criteria each criterion by itself
     * @param count patients that the group matches by itself (the OR of an inclusion, the AND of an exclusion)
     * @param remaining the cohort after this step
     */
    public record Step(List<Leaf> criteria, long count, long remaining) {
        public Step {
            criteria = List.copyOf(criteria);
        }
    }

    /**
     * One criterion by itself.
     *
     * @param label text to show
     * @param pointer JSON pointer into the query
     * @param count patients that the criterion matches by itself
     */
    public record Leaf(String label, String pointer, long count) {}
}
