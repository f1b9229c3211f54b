package allmende.synth.kds;

import allmende.synth.clinic.Care.Setting;
import allmende.synth.clinic.Department;
import allmende.synth.json.JsonBytes;
import allmende.synth.life.Contact;
import allmende.synth.life.Contact.Segment;
import allmende.synth.profile.Offering;
import org.jspecify.annotations.Nullable;

/**
 * Writes a contact as Encounters of module Fall: one for the whole contact (Einrichtungskontakt), one for each department
 * (Abteilungskontakt), and for stays one for each ward (Versorgungsstellenkontakt), each part of the one above.
 */
final class EncounterWriter {

    private static final String PROFILE = Kds.CORE + "modul-fall/StructureDefinition/KontaktGesundheitseinrichtung";
    private static final String LEVELS = "http://fhir.de/CodeSystem/Kontaktebene";
    private static final String REASONS = "http://fhir.de/CodeSystem/dkgev/";

    private EncounterWriter() {}

    static void write(Subject subject, Contact contact) {
        whole(subject, contact);
        int number = 1;
        for (Segment segment : contact.segments()) {
            String id = subject.encounter(contact) + "-a" + number;
            begin(subject, contact, id, "abteilungskontakt");
            kind(subject.json(), intensive(subject, segment) ? "intensivstationaer" : kindOf(contact));
            subject.json().raw("]");
            department(subject.json(), segment.department());
            rest(subject, segment.start(), segment.end(), subject.encounter(contact));
            subject.end("Encounter", id);
            if (contact.setting() == Setting.STAY) {
                ward(subject, contact, segment, id);
            }
            number++;
        }
    }

    private static boolean intensive(Subject subject, Segment segment) {
        return segment.intensive() && subject.site().offers(Offering.INTENSIVE_CARE);
    }

    private static void whole(Subject subject, Contact contact) {
        JsonBytes json = subject.json();
        String id = subject.encounter(contact);
        begin(subject, contact, id, "einrichtungskontakt");
        kind(json, kindOf(contact));
        json.raw("]");
        department(json, contact.segments().getFirst().department());
        json.raw(",\"identifier\":[{\"type\":{\"coding\":[{\"system\":"
                        + "\"http://terminology.hl7.org/CodeSystem/v2-0203\",\"code\":\"VN\"}]},\"system\":\"")
                .raw(subject.site().identifiers())
                .raw("faelle\",\"value\":\"F")
                .raw(subject.patient().substring(4))
                .raw("-")
                .number(contact.number())
                .raw("\"}]");
        if (contact.setting() == Setting.STAY) {
            admission(json, contact);
        }
        diagnoses(subject, contact);
        Kds.reference(json, "serviceProvider", "Organization", Kds.ORGANISATION);
        rest(subject, contact.start(), contact.end(), null);
        subject.end("Encounter", id);
    }

    private static void begin(Subject subject, Contact contact, String id, String level) {
        boolean stay = contact.setting() == Setting.STAY;
        subject.begin("Encounter", id, PROFILE)
                .raw(",\"status\":\"")
                .raw(contact.open() ? "in-progress" : "finished")
                .raw("\",\"class\":{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ActCode\",\"code\":\"")
                .raw(stay ? "IMP" : "AMB")
                .raw("\",\"display\":\"")
                .raw(stay ? "inpatient encounter" : "ambulatory")
                .raw("\"},\"type\":[{\"coding\":[{\"system\":\"" + LEVELS + "\",\"code\":\"")
                .raw(level)
                .raw("\"}]}");
    }

    private static String kindOf(Contact contact) {
        return switch (contact.setting()) {
            case STAY -> "normalstationaer";
            case VISIT -> "ub";
            case DAY_CASE -> "teilstationaer";
        };
    }

    private static void kind(JsonBytes json, String code) {
        json.raw(",{\"coding\":[{\"system\":\"http://fhir.de/CodeSystem/kontaktart-de\",\"code\":\"")
                .raw(code)
                .raw("\"}]}");
    }

    private static void department(JsonBytes json, Department department) {
        json.raw(",\"serviceType\":{\"coding\":[{\"system\":"
                        + "\"http://fhir.de/CodeSystem/dkgev/Fachabteilungsschluessel\",\"code\":\"")
                .raw(department.code())
                .raw("\",\"display\":")
                .text(department.name())
                .raw("}]}");
    }

    private static void admission(JsonBytes json, Contact contact) {
        json.raw(",\"extension\":[{\"url\":\"http://fhir.de/StructureDefinition/Aufnahmegrund\",\"extension\":[");
        digit(json, "ErsteUndZweiteStelle", REASONS + "AufnahmegrundErsteUndZweiteStelle", "01");
        json.raw(",");
        digit(json, "DritteStelle", REASONS + "AufnahmegrundDritteStelle", "0");
        json.raw(",");
        digit(json, "VierteStelle", REASONS + "AufnahmegrundVierteStelle", contact.emergency() ? "7" : "1");
        json.raw("]}],\"hospitalization\":{\"admitSource\":{\"coding\":[{\"system\":"
                        + "\"http://fhir.de/CodeSystem/dgkev/Aufnahmeanlass\",\"code\":\"")
                .raw(contact.emergency() ? "N" : "E")
                .raw("\"}]}");
        if (!contact.open()) {
            json.raw(",\"dischargeDisposition\":{\"extension\":[{\"url\":"
                    + "\"http://fhir.de/StructureDefinition/Entlassungsgrund\",\"extension\":[");
            String reasons = REASONS + "EntlassungsgrundErsteUndZweiteStelle";
            digit(json, "ErsteUndZweiteStelle", reasons, contact.died() ? "07" : "01");
            json.raw(",");
            digit(json, "DritteStelle", REASONS + "EntlassungsgrundDritteStelle", "9");
            json.raw("]}]}");
        }
        json.raw("}");
    }

    private static void digit(JsonBytes json, String url, String system, String code) {
        json.raw("{\"url\":\"")
                .raw(url)
                .raw("\",\"valueCoding\":{\"system\":\"")
                .raw(system)
                .raw("\",\"code\":\"")
                .raw(code)
                .raw("\"}}");
    }

    private static void diagnoses(Subject subject, Contact contact) {
        JsonBytes json = subject.json();
        json.raw(",\"diagnosis\":[");
        for (int i = 0; i < contact.diagnoses().size(); i++) {
            json.raw(i == 0 ? "" : ",")
                    .raw("{\"condition\":{\"reference\":\"Condition/")
                    .raw(ConditionWriter.id(subject, contact, i))
                    .raw("\"},\"use\":{\"coding\":[{\"system\":")
                    .raw("\"http://fhir.de/CodeSystem/KontaktDiagnoseProzedur\",\"code\":\"treatment-diagnosis\"}");
            if (i == 0) {
                json.raw(",{\"system\":\"http://terminology.hl7.org/CodeSystem/diagnosis-role\",\"code\":\"DD\"}");
            }
            json.raw("]},\"rank\":").number(i + 1L).raw("}");
        }
        json.raw("]");
    }

    private static void rest(Subject subject, long start, long end, @Nullable String above) {
        JsonBytes json = subject.json();
        subject.subject();
        if (above != null) {
            Kds.reference(json, "partOf", "Encounter", above);
        }
        if (end == Long.MAX_VALUE) {
            json.raw(",\"period\":{\"start\":\"").dateTime(start).raw("\"}");
        } else {
            Kds.period(json, "period", start, end);
        }
    }

    private static void ward(Subject subject, Contact contact, Segment segment, String above) {
        JsonBytes json = subject.json();
        String id = above + "-w";
        begin(subject, contact, id, "versorgungsstellenkontakt");
        json.raw("]");
        department(json, segment.department());
        json.raw(",\"location\":[{\"location\":{\"identifier\":{\"system\":\"")
                .raw(subject.site().identifiers())
                .raw("stationen\",\"value\":\"")
                .raw(segment.department().code())
                .raw(intensive(subject, segment) ? "-I" : "-")
                .number(1 + contact.number() % 3)
                .raw("\"}},\"status\":\"")
                .raw(contact.open() ? "active" : "completed")
                .raw("\",\"physicalType\":{\"coding\":[{\"system\":"
                        + "\"http://terminology.hl7.org/CodeSystem/location-physical-type\",\"code\":\"wa\"}]}}]");
        rest(subject, segment.start(), segment.end(), above);
        subject.end("Encounter", id);
    }
}
