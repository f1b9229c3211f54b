package allmende.app.workbench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer as drawn.
 *
 * @param title of the question
 * @param total in words
 * @param big the total as a number; null where there is none
 * @param plusMinus half the width of the 95 % interval; null where there is no number
 * @param range the interval as text; null where there is no number
 * @param unseen a sentence about patients at sites that have few; null for none
 * @param pending number of sites that have not answered and still may in time
 * @param arrived number of sites that have answered
 * @param progress how many have answered, in words
 * @param breakdown why there is no breakdown by site; null where there is one
 * @param reading the question in words
 */
record ResultView(
        long id,
        int number,
        String title,
        String asked,
        String asker,
        int version,
        String epsilon,
        String total,
        @Nullable String big,
        @Nullable String plusMinus,
        @Nullable String range,
        @Nullable String unseen,
        int pending,
        int arrived,
        String progress,
        @Nullable String breakdown,
        String reading,
        List<SiteLine> sites,
        List<Step> funnel,
        List<AgeBand> ages) {

    /** Whether pages should look again. */
    public boolean waiting() {
        return pending > 0;
    }

    /**
     * What came from one site.
     *
     * @param kind as part of a class name
     * @param said in words
     * @param number of patients with its uncertainty; null where not shown
     * @param more details: which criterion, why; may be empty
     * @param when time of arrival and snapshot; null where nothing came
     */
    record SiteLine(
            String name,
            String kind,
            String said,
            @Nullable String number,
            List<String> more,
            @Nullable String when,
            boolean late) {}

    /**
     * One step of the funnel.
     *
     * @param number patients who remain, in words
     * @param value the number itself; null where not given
     * @param width bar in per cent of the widest, such as {@code 12.5%}
     */
    record Step(
            boolean exclusion,
            String label,
            String number,
            @Nullable Long value,
            String width) {}

    /** One band of age with its numbers by sex. */
    record AgeBand(String label, List<AgeCell> cells) {}

    /** One cell: sex in words and as part of a class name, the number in words, itself, and its bar. */
    record AgeCell(
            String sex,
            String kind,
            String number,
            @Nullable Long value,
            String width) {}
}
