package allmende.core.consent;

import allmende.core.fhir.FhirTimes;
import allmende.core.fhir.TimeSpan;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The rules of the extractor that sites use today, to compare ours with. It knows no order of declarations: denials of any
 * Consent take away from the permits of all. docs/implementation/consent.md lists its rules beside ours.
 */
final class ReferenceConsent {

    private static final String PROFILE =
            "https://www.medizininformatik-initiative.de/fhir/modul-consent/StructureDefinition/mii-pr-consent-einwilligung";
    private static final String ENCOUNTER_PROFILE =
            "https://www.medizininformatik-initiative.de/fhir/core/modul-fall/StructureDefinition/KontaktGesundheitseinrichtung";
    private static final int DATE_LENGTH = 10;
    private static final int PAST = (int) LocalDate.of(1900, 1, 1).toEpochDay();

    private record Provision(boolean permit, int policy, int from, int until) {}

    private record Stay(int from, int until) {}

    private ReferenceConsent() {}

    static PatientConsent of(List<JsonNode> consents, List<JsonNode> encounters, ConsentRequest request) {
        int day = (int) request.day().toEpochDay();
        List<Stay> stays = stays(encounters);
        DayIntervals usePermits = DayIntervals.NONE;
        DayIntervals useDenials = DayIntervals.NONE;
        DayIntervals collectPermits = DayIntervals.NONE;
        DayIntervals collectDenials = DayIntervals.NONE;
        DayIntervals past = DayIntervals.NONE;
        boolean any = false;
        for (JsonNode consent : consents) {
            if (!counts(consent)) {
                continue;
            }
            any = true;
            List<Provision> provisions = provisions(consent, stays);
            boolean complete = holds(provisions, Policy.COLLECT) && holds(provisions, Policy.USE);
            if (complete) {
                usePermits = usePermits.or(days(provisions, true, Policy.USE));
                collectPermits = collectPermits.or(days(provisions, true, Policy.COLLECT));
                past = past.or(past(provisions, request));
            }
            useDenials = useDenials.or(days(provisions, false, Policy.USE));
            collectDenials = collectDenials.or(days(provisions, false, Policy.COLLECT));
        }
        if (!any) {
            return PatientConsent.refused(ConsentReason.NO_CONSENT);
        }
        if (!usePermits.minus(useDenials).contains(day)) {
            return PatientConsent.refused(ConsentReason.USE_NOT_PERMITTED);
        }
        DayIntervals window = collectPermits.minus(collectDenials).or(past);
        return window.isEmpty()
                ? PatientConsent.refused(ConsentReason.NOTHING_COLLECTED)
                : PatientConsent.within(window, day, Rules.REFERENCE);
    }

    private static boolean counts(JsonNode consent) {
        return consent.path("status").asString("").equals("active")
                && hasProfile(consent, PROFILE)
                && FhirTimes.span(consent.get("dateTime")) != null;
    }

    /** Whether it claims the profile, in whatever version. */
    private static boolean hasProfile(JsonNode resource, String profile) {
        for (JsonNode claimed : resource.path("meta").path("profile").values()) {
            String canonical = claimed.asString("");
            if (canonical.equals(profile) || canonical.startsWith(profile + "|")) {
                return true;
            }
        }
        return false;
    }

    private static List<Stay> stays(List<JsonNode> encounters) {
        List<Stay> stays = new ArrayList<>();
        for (JsonNode encounter : encounters) {
            Integer from = day(encounter.path("period").get("start"));
            Integer until = day(encounter.path("period").get("end"));
            if (from != null && until != null && hasProfile(encounter, ENCOUNTER_PROFILE)) {
                stays.add(new Stay(from, until));
            }
        }
        return stays;
    }

    /** Nested provisions with exact bounds; those of all policies but use begin with the stay that they begin in. */
    private static List<Provision> provisions(JsonNode consent, List<Stay> stays) {
        List<Provision> provisions = new ArrayList<>();
        for (JsonNode nested : consent.path("provision").path("provision").values()) {
            Integer from = day(nested.path("period").get("start"));
            Integer until = day(nested.path("period").get("end"));
            String type = nested.path("type").asString("");
            boolean permit = type.equals("permit");
            if (from == null || until == null || !(permit || type.equals("deny"))) {
                continue;
            }
            for (JsonNode concept : nested.path("code").values()) {
                for (JsonNode coding : concept.path("coding").values()) {
                    int policy = Policy.number(
                            coding.path("system").asString(""),
                            coding.path("code").asString(""));
                    int begin = policy == Policy.USE ? from : begin(from, stays);
                    provisions.add(new Provision(permit, policy, begin, until));
                }
            }
        }
        return provisions;
    }

    private static int begin(int from, List<Stay> stays) {
        int begin = from;
        for (Stay stay : stays) {
            if (stay.from() < from && from <= stay.until()) {
                begin = Math.min(begin, stay.from());
            }
        }
        return begin;
    }

    /** The day of an exact date; null for partial ones and for none. */
    private static @Nullable Integer day(@Nullable JsonNode date) {
        TimeSpan span = FhirTimes.span(date);
        boolean exact = date != null && date.isString() && date.stringValue().length() >= DATE_LENGTH;
        return span == null || !exact ? null : ProvisionPeriod.day(span.startMinute());
    }

    private static boolean holds(List<Provision> provisions, int policy) {
        return provisions.stream().anyMatch(provision -> provision.permit() && provision.policy() == policy);
    }

    private static DayIntervals days(List<Provision> provisions, boolean permit, int policy) {
        DayIntervals days = DayIntervals.NONE;
        for (Provision provision : provisions) {
            if (provision.permit() == permit && provision.policy() == policy) {
                days = days.with(provision.from(), provision.until());
            }
        }
        return days;
    }

    /** Permits to collect that overlap a permit for the past begin in 1900; nothing takes away from them. */
    private static DayIntervals past(List<Provision> provisions, ConsentRequest request) {
        DayIntervals opened = DayIntervals.NONE;
        for (int policy : List.of(Policy.RETRO_STORE, Policy.RETRO_USE)) {
            if (request.asks(policy)) {
                DayIntervals permitted = days(provisions, true, policy).minus(days(provisions, false, policy));
                opened = opened.or(permitted);
            }
        }
        DayIntervals past = DayIntervals.NONE;
        for (Provision provision : provisions) {
            if (provision.permit()
                    && provision.policy() == Policy.COLLECT
                    && opened.touches(provision.from(), provision.until())) {
                past = past.with(PAST, provision.until());
            }
        }
        return past;
    }
}
