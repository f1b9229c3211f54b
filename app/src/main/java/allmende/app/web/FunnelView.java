package allmende.app.web;

import allmende.core.cohort.Funnel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A funnel as drawn: one row per step, bars in per cent of all patients.
 *
 * @param patients all patients of the site, the width of the picture
 */
record FunnelView(long patients, List<Row> rows) {

    /** Narrower bars could not be seen. */
    private static final double BAR_MIN_PER_CENT = 0.4;

    private static final double HUNDRED = 100.0;

    /**
     * One step.
     *
     * @param exclusion whether the step takes away
     * @param criteria what it is made of, at least one
     * @param alone patients that the step matches by itself
     * @param remaining the cohort after it
     * @param removed patients that the step removed from the cohort
     * @param aloneWidth bar of {@code alone}, such as {@code 12.5%}
     * @param remainingWidth bar of {@code remaining}
     */
    record Row(
            boolean exclusion,
            List<Part> criteria,
            long alone,
            long remaining,
            long removed,
            String aloneWidth,
            String remainingWidth) {

        /** The criterion of a step of one; the only one whose own count need not be shown. */
        public Part single() {
            return criteria.getFirst();
        }

        public boolean several() {
            return criteria.size() > 1;
        }
    }

    /** One criterion by itself. */
    record Part(String label, long count, String pointer, String width) {}

    static FunnelView of(Funnel funnel, long patients) {
        long all = Math.max(patients, widest(funnel));
        List<Row> rows = new ArrayList<>();
        long before = all;
        for (Funnel.Step step : funnel.inclusion()) {
            rows.add(row(step, false, before, all));
            before = step.remaining();
        }
        for (Funnel.Step step : funnel.exclusion()) {
            rows.add(row(step, true, before, all));
            before = step.remaining();
        }
        return new FunnelView(all, rows);
    }

    private static Row row(Funnel.Step step, boolean exclusion, long before, long all) {
        List<Part> parts = step.criteria().stream()
                .map(leaf -> new Part(leaf.label(), leaf.count(), leaf.pointer(), width(leaf.count(), all)))
                .toList();
        return new Row(
                exclusion,
                parts,
                step.count(),
                step.remaining(),
                before - step.remaining(),
                width(step.count(), all),
                width(step.remaining(), all));
    }

    /** A patient may have been loaded since the overview was made. */
    private static long widest(Funnel funnel) {
        return funnel.inclusion().stream()
                .mapToLong(Funnel.Step::remaining)
                .max()
                .orElse(0);
    }

    private static String width(long count, long all) {
        if (count == 0 || all == 0) {
            return "0%";
        }
        double share = Math.clamp(HUNDRED * count / all, BAR_MIN_PER_CENT, HUNDRED);
        return String.format(Locale.ROOT, "%.2f%%", share);
    }
}
