package allmende.core.consent;

import allmende.core.fhir.FhirTimes;
import allmende.core.fhir.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A patient's encounters, as far as they move the beginning of collecting: who consents on the third day of a stay in
 * hospital consents to the data of that stay.
 */
final class Stays {

    static final Stays NONE = new Stays(List.of());

    private static final Set<String> NOT_TAKEN_PLACE = Set.of("planned", "cancelled", "entered-in-error");

    private record Stay(int from, int until) {}

    private final List<Stay> stays;

    private Stays(List<Stay> stays) {
        this.stays = stays;
    }

    /** Reads Encounters; one that is not over lasts until the evaluation day. Inexact ones are read as short. */
    static Stays of(List<JsonNode> encounters, int day) {
        if (encounters.isEmpty()) {
            return NONE;
        }
        List<Stay> stays = new ArrayList<>(encounters.size());
        for (JsonNode encounter : encounters) {
            TimeSpan start = FhirTimes.span(encounter.path("period").get("start"));
            JsonNode endNode = encounter.path("period").get("end");
            TimeSpan end = FhirTimes.span(endNode);
            boolean readable = endNode == null || end != null;
            if (start != null
                    && readable
                    && !NOT_TAKEN_PLACE.contains(encounter.path("status").asString(""))) {
                stays.add(new Stay(
                        ProvisionPeriod.day(start.endMinute()),
                        end == null ? day : ProvisionPeriod.day(end.startMinute())));
            }
        }
        return new Stays(stays);
    }

    /** The earliest beginning of a stay that this day lies in; the day itself where there is none. */
    int begin(int day) {
        int begin = day;
        for (Stay stay : stays) {
            if (stay.from() < day && day <= stay.until()) {
                begin = Math.min(begin, stay.from());
            }
        }
        return begin;
    }
}
