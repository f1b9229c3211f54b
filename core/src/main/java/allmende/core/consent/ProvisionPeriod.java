package allmende.core.consent;

import allmende.core.fhir.FhirTimes;
import allmende.core.fhir.TimeSpan;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The days of a provision's period, twice: as a permit means them, narrow, and as a denial, wide.
 *
 * @param fault why it can't be read; null where it can
 * @param started whether it has a start
 * @param ended whether it has an end
 * @param partial whether a date of it lacks month or day
 * @param narrowFrom first day for permits; {@link DayIntervals#FIRST} without a start
 * @param narrowUntil last day for permits; {@link DayIntervals#LAST} without an end
 * @param wideFrom first day for denials
 * @param wideUntil last day for denials
 */
record ProvisionPeriod(
        @Nullable ConsentReason fault,
        boolean started,
        boolean ended,
        boolean partial,
        int narrowFrom,
        int narrowUntil,
        int wideFrom,
        int wideUntil) {

    private static final int MINUTES = 1440;
    private static final int DATE_LENGTH = 10;
    private static final ProvisionPeriod ILLEGAL = new ProvisionPeriod(
            ConsentReason.PERIOD_ILLEGAL,
            false,
            false,
            false,
            DayIntervals.LAST,
            DayIntervals.FIRST,
            DayIntervals.FIRST,
            DayIntervals.LAST);

    /** No bounds at all. */
    static final ProvisionPeriod OPEN = of(null, null, false);

    /** Reads {@code Provision.period}. */
    static ProvisionPeriod read(@Nullable JsonNode period) {
        if (period == null) {
            return OPEN;
        }
        JsonNode start = period.get("start");
        JsonNode end = period.get("end");
        TimeSpan first = start == null ? null : FhirTimes.span(start);
        TimeSpan last = end == null ? null : FhirTimes.span(end);
        if ((start != null && first == null) || (end != null && last == null)) {
            return ILLEGAL;
        }
        if (first != null && last != null && last.endMinute() < first.startMinute()) {
            return ILLEGAL;
        }
        return of(first, last, end != null && end.asString("").length() > DATE_LENGTH);
    }

    private static ProvisionPeriod of(@Nullable TimeSpan first, @Nullable TimeSpan last, boolean endHasTime) {
        int narrowUntil = last == null ? DayIntervals.LAST : day(last.startMinute());
        // a permit that ends with the first minute of a day does not hold on it
        if (last != null && endHasTime && Math.floorMod(last.startMinute(), (long) MINUTES) == 0) {
            narrowUntil--;
        }
        return new ProvisionPeriod(
                null,
                first != null,
                last != null,
                partial(first) || partial(last),
                first == null ? DayIntervals.FIRST : day(first.endMinute()),
                narrowUntil,
                first == null ? DayIntervals.FIRST : day(first.startMinute()),
                last == null ? DayIntervals.LAST : day(last.endMinute()));
    }

    private static boolean partial(@Nullable TimeSpan span) {
        return span != null && span.endMinute() - span.startMinute() >= MINUTES;
    }

    static int day(long minute) {
        return (int) Math.floorDiv(minute, (long) MINUTES);
    }
}
