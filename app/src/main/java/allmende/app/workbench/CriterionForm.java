package allmende.app.workbench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of one criterion, as drawn.
 *
 * @param codes what it looks for
 * @param value the value filter; null where the context has no values
 * @param timed whether its context has a time
 * @param from first day, as an HTML date; may be empty
 * @param until last day, as an HTML date; may be empty
 * @param attributes further filters
 * @param extension what can be asked beyond CCDL; null where that makes no sense
 */
record CriterionForm(
        String spot,
        String title,
        String context,
        List<Choice> codes,
        @Nullable ValueForm value,
        boolean timed,
        String from,
        String until,
        List<AttributeForm> attributes,
        @Nullable ExtensionForm extension) {

    /** Something to choose; {@code value} is what the form sends. */
    record Choice(String value, String text, boolean chosen) {}

    /**
     * The value filter.
     *
     * @param required whether there must be one
     * @param numbers whether it can be a number
     * @param age whether the number is an age
     * @param concepts whether it can be a concept
     * @param kind {@code none}, {@code range}, {@code concepts} or a comparator such as {@code ge}
     * @param units to choose from, the chosen one first
     * @param listed known concepts
     * @param others further concepts, one a line
     * @param histograms typical values
     */
    record ValueForm(
            boolean required,
            boolean numbers,
            boolean age,
            boolean concepts,
            String kind,
            String number,
            String minimum,
            String maximum,
            String unit,
            List<Choice> units,
            List<Choice> listed,
            String others,
            List<HistogramView> histograms) {}

    /** Typical values in one unit, from the lowest to the highest bound, both with the unit. */
    record HistogramView(String unit, String from, String to, List<Bar> bars) {}

    /** One bin: its bounds and patients in words, and its bar in a picture of width 100 and height 100. */
    record Bar(String range, String patients, String x, String y, String width, String height) {}

    /**
     * A filter on an attribute.
     *
     * @param name of its fields
     * @param reference whether it is filtered by other criteria
     * @param listed known concepts, or criteria to choose from
     * @param others further concepts, one a line
     */
    record AttributeForm(String name, String title, boolean reference, List<Choice> listed, String others) {}

    /**
     * What can be asked beyond CCDL.
     *
     * @param note which sites do not understand it
     */
    record ExtensionForm(
            String atLeast,
            String position,
            boolean positions,
            String days,
            String direction,
            List<Choice> others,
            String note) {}
}
