package allmende.core.fhir;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads FHIR date, dateTime, instant, Period and Timing as stretches of local time. */
public final class FhirTimes {

    private static final TimeRead ABSENT = new TimeRead.Absent();
    private static final TimeRead NOT_A_DATE = new TimeRead.Illegal("not a date that exists");
    private static final TimeRead INVERTED = new TimeRead.Illegal("a period that ends before it starts");

    private FhirTimes() {}

    /**
     * The time that the element names; null where there is none, and null where it is illegal ({@code 2021-02-30}), since
     * a date that doesn't exist meets no time restriction. {@link #read} tells the two apart.
     *
     * @param element a date, dateTime or instant (string), a Period or a Timing (object)
     */
    public static @Nullable TimeSpan span(@Nullable JsonNode element) {
        if (element == null) {
            return null;
        }
        if (element.isString()) {
            return span(element.stringValue());
        }
        return read(element) instanceof TimeRead.Known known ? known.span() : null;
    }

    /** As {@link #span(JsonNode)}, of the text of a date, dateTime or instant. */
    public static @Nullable TimeSpan span(String date) {
        return DateScanner.scan(date);
    }

    /**
     * Reads the element. A Period is the time from the first minute of its start to the last of its end, open where one
     * is missing. A Timing is the time from its first event or bound to its last; one that only tells a rhythm is absent.
     */
    public static TimeRead read(@Nullable JsonNode element) {
        if (element == null || element.isNull()) {
            return ABSENT;
        }
        if (element.isString()) {
            TimeSpan span = DateScanner.scan(element.stringValue());
            return span == null ? NOT_A_DATE : new TimeRead.Known(span);
        }
        if (!element.isObject()) {
            return element.isArray() ? ABSENT : NOT_A_DATE;
        }
        return element.has("event") || element.has("repeat") ? timing(element) : period(element);
    }

    private static TimeRead period(JsonNode period) {
        TimeRead start = read(period.get("start"));
        TimeRead end = read(period.get("end"));
        if (start instanceof TimeRead.Illegal || end instanceof TimeRead.Illegal) {
            return NOT_A_DATE;
        }
        if (start instanceof TimeRead.Absent && end instanceof TimeRead.Absent) {
            return ABSENT;
        }
        long first = start instanceof TimeRead.Known known ? known.span().startMinute() : TimeSpan.OPEN_START;
        long last = end instanceof TimeRead.Known known ? known.span().endMinute() : TimeSpan.OPEN_END;
        return first <= last ? new TimeRead.Known(new TimeSpan(first, last)) : INVERTED;
    }

    private static TimeRead timing(JsonNode timing) {
        TimeRead whole = ABSENT;
        JsonNode events = timing.get("event");
        if (events != null && events.isArray()) {
            for (JsonNode event : events.values()) {
                whole = hull(whole, read(event));
            }
        }
        JsonNode repeat = timing.get("repeat");
        JsonNode bounds = repeat == null ? null : repeat.get("boundsPeriod");
        return bounds == null ? whole : hull(whole, read(bounds));
    }

    private static TimeRead hull(TimeRead one, TimeRead other) {
        if (one instanceof TimeRead.Known(TimeSpan a) && other instanceof TimeRead.Known(TimeSpan b)) {
            return new TimeRead.Known(
                    new TimeSpan(Math.min(a.startMinute(), b.startMinute()), Math.max(a.endMinute(), b.endMinute())));
        }
        if (one instanceof TimeRead.Illegal) {
            return one;
        }
        return one instanceof TimeRead.Absent ? other : other instanceof TimeRead.Absent ? one : other;
    }
}
