package allmende.core.consent;

import allmende.core.fhir.FhirTimes;
import allmende.core.fhir.TimeSpan;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A patient's encounters, as far as they move the beginning of collecting: who consents on the third day of a stay in
 * hospital consents to the data of that stay.
 */
final class Stays {

    static final Stays NONE = new Stays(List.of(), 0);

    private static final Set<String> NOT_TAKEN_PLACE = Set.of("planned", "cancelled", "entered-in-error");
    private static final int YEAR = 4;

    private final List<JsonNode> encounters;
    private final int day;

    private Stays(List<JsonNode> encounters, int day) {
        this.encounters = encounters;
        this.day = day;
    }

    /** Encounters; one that is not over lasts until the evaluation day. Inexact ones are read as short. */
    static Stays of(List<JsonNode> encounters, int day) {
        return encounters.isEmpty() ? NONE : new Stays(encounters, day);
    }

    /** The earliest beginning of a stay that this day lies in; the day itself where there is none. */
    int begin(int asked) {
        int begin = asked;
        int year = encounters.isEmpty() ? 0 : LocalDate.ofEpochDay(asked).getYear();
        for (JsonNode encounter : encounters) {
            JsonNode period = encounter.get("period");
            // most encounters end in an earlier year or begin in a later one, which their first letters tell
            if (period != null && period.isObject() && mayHold(period, year)) {
                int start = start(encounter, period, asked);
                begin = Math.min(begin, start);
            }
        }
        return begin;
    }

    private static boolean mayHold(JsonNode period, int year) {
        return year(period.get("start"), year) <= year + 1 && year(period.get("end"), year) >= year - 1;
    }

    private static int year(@Nullable JsonNode date, int unknown) {
        String text = date == null ? "" : date.asString("");
        if (text.length() < YEAR) {
            return unknown;
        }
        int year = 0;
        for (int i = 0; i < YEAR; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return unknown;
            }
            year = year * 10 + digit;
        }
        return year;
    }

    /** When a stay that holds the day began; the day itself where it does not hold it. */
    private int start(JsonNode encounter, JsonNode period, int asked) {
        TimeSpan start = FhirTimes.span(period.get("start"));
        JsonNode endNode = period.get("end");
        TimeSpan end = FhirTimes.span(endNode);
        if (start == null || (endNode != null && end == null)) {
            return asked;
        }
        int from = ProvisionPeriod.day(start.endMinute());
        int until = end == null ? day : ProvisionPeriod.day(end.startMinute());
        boolean holds = from < asked
                && asked <= until
                && !NOT_TAKEN_PLACE.contains(encounter.path("status").asString(""));
        return holds ? from : asked;
    }
}
