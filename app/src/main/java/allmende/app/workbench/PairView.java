package allmende.app.workbench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two questions side by side.
 *
 * @param both criteria that both have
 * @param difference of the totals in words; null where one of them is no number
 * @param within whether the totals may as well be equal
 * @param notes what to mind when comparing
 * @param sites the sites' own numbers; empty where they may not be shown for both
 * @param sitesHidden why the sites' numbers are not shown; null where they are, or where there are no answers
 * @param ages the cohorts by age and sex
 */
record PairView(
        Half left,
        Half right,
        List<String> both,
        @Nullable String difference,
        boolean within,
        List<String> notes,
        List<Row> sites,
        @Nullable String sitesHidden,
        List<Row> ages) {

    /**
     * One of them.
     *
     * @param answer number of the answer that is compared; null where the question was not asked
     * @param meta when and by whom it was asked; null where it was not
     * @param total in words; null where it was not asked
     * @param bar the total as a bar; null where it is no number
     * @param estimate in words; empty where there is none
     * @param only criteria that only this one has
     */
    record Half(
            long id,
            String name,
            @Nullable Integer answer,
            @Nullable String meta,
            String reading,
            @Nullable String total,
            @Nullable Bar bar,
            String estimate,
            List<String> only) {}

    /** A total and its interval in per cent of the widest, such as {@code 12.50%}. */
    record Bar(String width, String from, String span) {}

    /** One line of a table: a label and both values in words. */
    record Row(String label, String left, String right) {}
}
