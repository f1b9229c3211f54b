package allmende.core.explain;

import allmende.core.cohort.ValueFilter;
import allmende.core.fhir.TimeSpan;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Numbers, ages and days in words. */
final class ValueWords {

    private static final int MINUTES_PER_DAY = 1440;

    private final Phrases phrases;
    private final ConceptWords concepts;

    ValueWords(Phrases phrases, ConceptWords concepts) {
        this.phrases = phrases;
        this.concepts = concepts;
    }

    /**
     * The filter.
     *
     * @param form {@code value} to follow a noun, {@code bare} alone, {@code is} with its verb
     */
    String filter(ValueFilter filter, String form) {
        return switch (filter) {
            case ValueFilter.Concepts chosen -> phrases.fill(form + ".CONCEPTS", concepts.concepts(chosen.concepts()));
            case ValueFilter.Comparison comparison ->
                phrases.fill(
                        form + "." + comparison.comparator(), number(comparison.value()) + unit(comparison.unit()));
            case ValueFilter.Range range ->
                phrases.fill(form + ".RANGE", number(range.minimum()), number(range.maximum()) + unit(range.unit()));
        };
    }

    String age(ValueFilter filter) {
        return switch (filter) {
            case ValueFilter.Concepts chosen -> concepts.concepts(chosen.concepts());
            case ValueFilter.Comparison comparison ->
                phrases.fill(
                        "age." + comparison.comparator(),
                        number(comparison.value()),
                        ageUnit(comparison.unit(), comparison.value()),
                        inUnits(comparison.unit()));
            case ValueFilter.Range range ->
                phrases.fill(
                        "age.RANGE",
                        number(range.minimum()),
                        number(range.maximum()),
                        ageUnit(range.unit(), range.maximum()),
                        inUnits(range.unit()));
        };
    }

    String number(BigDecimal number) {
        return number.toPlainString().replace(".", phrases.get("decimal"));
    }

    private static String unit(@Nullable String unit) {
        String text = unit == null ? "" : Phrases.unit(unit);
        return text.isEmpty() ? "" : " " + text;
    }

    /** "1 day", "30 days". */
    String days(int days) {
        return days + " " + ageUnit("d", BigDecimal.valueOf(days));
    }

    private String ageUnit(@Nullable String unit, BigDecimal number) {
        String[] forms = forms(unit);
        return number.compareTo(BigDecimal.ONE) == 0 ? forms[0] : forms[1];
    }

    private String inUnits(@Nullable String unit) {
        return forms(unit)[2];
    }

    private String[] forms(@Nullable String unit) {
        return phrases.get("unit." + (unit == null ? "a" : unit)).split("\\|");
    }

    String time(TimeSpan time) {
        boolean openStart = time.startMinute() == TimeSpan.OPEN_START;
        boolean openEnd = time.endMinute() == TimeSpan.OPEN_END;
        String first = openStart ? "" : day(time.startMinute());
        String last = openEnd ? "" : day(time.endMinute());
        if (openStart || openEnd) {
            return openStart ? phrases.fill("time.until", last) : phrases.fill("time.from", first);
        }
        return first.equals(last) ? phrases.fill("time.on", first) : phrases.fill("time.between", first, last);
    }

    private String day(long minute) {
        DateTimeFormatter format = DateTimeFormatter.ofPattern(phrases.get("date"), phrases.language());
        return format.format(LocalDate.ofEpochDay(Math.floorDiv(minute, MINUTES_PER_DAY)));
    }
}
