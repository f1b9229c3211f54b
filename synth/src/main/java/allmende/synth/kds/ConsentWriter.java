package allmende.synth.kds;

import allmende.synth.json.GermanTime;
import allmende.synth.json.JsonBytes;
import allmende.synth.life.ConsentDocument;
import allmende.synth.life.ConsentDocument.Kind;
import allmende.synth.life.ConsentDocument.Module;
import java.time.LocalDate;
import java.util.Set;

/**
 * Writes the broad consent by the profile of module Consent. The outer provision carries no code and denies, as the
 * default of all that is not named; nested provisions carry one policy each, permitting in a consent, denying in a
 * refusal or withdrawal.
 */
final class ConsentWriter {

    private static final String MODULE = Kds.MII + "modul-consent/";
    private static final String POLICIES = "urn:oid:2.16.840.1.113883.3.1937.777.24.5.3";
    private static final String POLICY_CODE = "2.16.840.1.113883.3.1937.777.24.5.3.";

    /** Policies of collecting and transferring, which end after five years; all others hold for thirty. */
    private static final Set<Integer> FIVE_YEARS = Set.of(6, 15, 19, 21, 25, 39);

    private ConsentWriter() {}

    static void write(Subject subject, ConsentDocument document, int number) {
        JsonBytes json = subject.json();
        String id = subject.patient() + "-consent-" + number;
        subject.begin("Consent", id, MODULE + "StructureDefinition/mii-pr-consent-einwilligung");
        json.raw(",\"status\":\"")
                .raw(document.replaced() ? "inactive" : "active")
                .raw("\",\"scope\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/consentscope\","
                        + "\"code\":\"research\"}]},\"category\":[{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":"
                        + "\"57016-8\"}]},{\"coding\":[{\"system\":\"" + MODULE
                        + "CodeSystem/mii-cs-consent-version-modules\",\"code\":"
                        + "\"2.16.840.1.113883.3.1937.777.24.2.184\"}]}]");
        Kds.reference(json, "patient", "Patient", subject.patient());
        Kds.dateTime(json, "dateTime", GermanTime.at(document.day(), 640));
        json.raw(",\"organization\":[{\"reference\":\"Organization/" + Kds.ORGANISATION
                        + "\"}],\"policy\":[{\"uri\":\"urn:oid:2.16.840.1.113883.3.1937.777.24.2.")
                .raw(document.version().policy(document.kind()))
                .raw("\"}],\"provision\":{\"type\":\"deny\"");
        int end = plusYears(document.day(), 30);
        period(json, document.day(), end);
        json.raw(",\"provision\":[");
        String separator = "";
        String type = document.kind() == Kind.CONSENT ? "permit" : "deny";
        for (Module module : document.modules()) {
            for (int policy : policies(module)) {
                json.raw(separator).raw("{\"type\":\"").raw(type).raw("\"");
                period(json, document.day(), permitsShortly(document, policy) ? plusYears(document.day(), 5) : end);
                json.raw(",\"code\":[{\"coding\":[{\"system\":\"" + POLICIES + "\",\"code\":\"" + POLICY_CODE)
                        .number(policy)
                        .raw("\"}]}]}");
                separator = ",";
            }
        }
        json.raw("]}");
        subject.end("Consent", id);
    }

    /** Last parts of the codes of a module's policies. */
    private static int[] policies(Module module) {
        return switch (module) {
            case PATIENT_DATA -> new int[] {2, 3, 4, 5, 6, 7, 8, 9, 37};
            case PATIENT_DATA_RETROSPECTIVE -> new int[] {45, 46, 47};
            case PATIENT_DATA_OUTSIDE_EU -> new int[] {49};
            case INSURANCE_RETROSPECTIVE -> new int[] {11, 12, 13, 38};
            case INSURANCE_PROSPECTIVE -> new int[] {15, 16, 17, 39};
            case BIOSAMPLES -> new int[] {19, 20, 21, 22, 23};
            case BIOSAMPLES_ADDITIONAL -> new int[] {25};
            case BIOSAMPLES_RETROSPECTIVE -> new int[] {51, 52, 53};
            case BIOSAMPLES_OUTSIDE_EU -> new int[] {55};
            case RECONTACT -> new int[] {27, 28, 29};
            case RECONTACT_FINDINGS -> new int[] {31};
        };
    }

    private static boolean permitsShortly(ConsentDocument document, int policy) {
        return document.kind() == Kind.CONSENT && FIVE_YEARS.contains(policy);
    }

    private static int plusYears(int day, int years) {
        return (int) LocalDate.ofEpochDay(day).plusYears(years).toEpochDay();
    }

    private static void period(JsonBytes json, int start, int end) {
        json.raw(",\"period\":{\"start\":\"")
                .date(start)
                .raw("\",\"end\":\"")
                .date(end)
                .raw("\"}");
    }
}
