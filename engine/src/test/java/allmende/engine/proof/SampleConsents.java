package allmende.engine.proof;

import java.time.LocalDate;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Draws Consents: permits and denials, whole and partial dates, open periods, modules, statuses, computed states. */
final class SampleConsents {

    static final String SYSTEM = "urn:oid:2.16.840.1.113883.3.1937.777.24.5.3";
    static final String CODE = "2.16.840.1.113883.3.1937.777.24.5.3.";

    private static final List<Integer> POLICIES =
            List.of(1, 2, 6, 6, 6, 7, 8, 8, 8, 8, 9, 10, 11, 12, 13, 19, 37, 46, 49, 999);
    private static final List<String> STATUSES = List.of("inactive", "rejected", "draft", "entered-in-error");

    private final Chance chance;

    SampleConsents(Chance chance) {
        this.chance = chance;
    }

    /** Writes what a Consent says into one that has type, id and patient. */
    void write(ObjectNode consent) {
        consent.put("status", chance.percent(80) ? "active" : chance.of(STATUSES));
        if (chance.percent(90)) {
            consent.put("dateTime", date(true));
        }
        if (chance.percent(15)) {
            consent.putArray("category")
                    .addObject()
                    .putArray("coding")
                    .addObject()
                    .put("system", "http://fhir.de/ConsentManagement/CodeSystem/ResultType")
                    .put("code", "consent-status");
        }
        ObjectNode root = consent.putObject("provision").put("type", "deny");
        if (chance.percent(20)) {
            period(root);
        }
        if (chance.percent(95)) {
            ArrayNode nested = root.putArray("provision");
            chance.some(1, 4, () -> chance).forEach(any -> provision(nested.addObject()));
        }
    }

    private void provision(ObjectNode provision) {
        if (chance.percent(98)) {
            provision.put("type", chance.percent(75) ? "permit" : "deny");
        }
        if (chance.percent(70)) {
            period(provision);
        }
        if (chance.percent(97)) {
            ArrayNode codes = provision.putArray("code");
            chance.some(1, 4, () -> chance.of(POLICIES)).forEach(policy -> codes.addObject()
                    .putArray("coding")
                    .addObject()
                    .put("system", SYSTEM)
                    .put("code", CODE + policy));
        }
    }

    private void period(ObjectNode provision) {
        ObjectNode period = provision.putObject("period");
        if (chance.percent(90)) {
            period.put("start", date(false));
        }
        if (chance.percent(60)) {
            period.put("end", chance.percent(50) ? "3000-01-01" : date(false));
        }
    }

    private String date(boolean timed) {
        String day = LocalDate.of(2018, 1, 1).plusDays(chance.between(0, 3_000)).toString();
        if (timed && chance.percent(20)) {
            return day + "T23:30:00Z";
        }
        return chance.percent(90) ? day : day.substring(0, chance.of(4, 7));
    }
}
