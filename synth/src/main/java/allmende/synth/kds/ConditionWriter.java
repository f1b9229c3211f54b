package allmende.synth.kds;

import allmende.synth.clinic.Care.Setting;
import allmende.synth.json.GermanTime;
import allmende.synth.json.JsonBytes;
import allmende.synth.life.Contact;
import allmende.synth.life.Course;
import allmende.synth.life.Diagnosis;
import allmende.synth.life.Diagnosis.Certainty;

/** Writes Conditions: diagnoses of module Diagnose and the cause of death of module Person. */
final class ConditionWriter {

    private static final String PROFILE = Kds.CORE + "modul-diagnose/StructureDefinition/Diagnose";
    private static final String DEATH_PROFILE = Kds.CORE + "modul-person/StructureDefinition/Todesursache";
    private static final String CERTAINTY = ",\"extension\":[{\"url\":"
            + "\"http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit\",\"valueCoding\":{\"system\":"
            + "\"https://fhir.kbv.de/CodeSystem/KBV_CS_SFHIR_ICD_DIAGNOSESICHERHEIT\",\"code\":\"";
    private static final String SIDE = "{\"url\":\"http://fhir.de/StructureDefinition/seitenlokalisation\","
            + "\"valueCoding\":{\"system\":\"https://fhir.kbv.de/CodeSystem/KBV_CS_SFHIR_ICD_SEITENLOKALISATION\","
            + "\"code\":\"";

    private ConditionWriter() {}

    static String id(Subject subject, Contact contact, int index) {
        return subject.encounter(contact) + "-d" + (index + 1);
    }

    static void write(Subject subject, Contact contact, int index) {
        Diagnosis diagnosis = contact.diagnoses().get(index);
        JsonBytes json = subject.json();
        String id = id(subject, contact, index);
        subject.begin("Condition", id, PROFILE);
        boolean suspected = diagnosis.certainty() == Certainty.SUSPECTED;
        boolean resolved = diagnosis.resolved() && !contact.died() && !suspected;
        status(json, resolved ? "resolved" : "active", suspected ? "provisional" : "confirmed");
        json.raw(",\"code\":{\"coding\":[{\"system\":\"")
                .raw(subject.site().era().system("icd-10-gm"))
                .raw("\",\"version\":\"")
                .number(subject.site().era().version(GermanTime.year(GermanTime.day(diagnosis.recorded()))))
                .raw("\",\"code\":\"")
                .raw(diagnosis.icd())
                .raw("\"");
        extensions(json, diagnosis, contact.setting() == Setting.STAY);
        json.raw("}],\"text\":").text(diagnosis.text()).raw("}");
        subject.subject();
        subject.encounter("encounter", contact);
        json.raw(",\"onsetDateTime\":\"");
        onset(json, diagnosis);
        json.raw("\"");
        if (resolved && !contact.open()) {
            Kds.dateTime(json, "abatementDateTime", contact.end());
        }
        Kds.dateTime(json, "recordedDate", diagnosis.recorded());
        subject.end("Condition", id);
    }

    private static void status(JsonBytes json, String clinical, String verification) {
        json.raw(",\"clinicalStatus\":{\"coding\":[{\"system\":"
                        + "\"http://terminology.hl7.org/CodeSystem/condition-clinical\",\"code\":\"")
                .raw(clinical)
                .raw("\"}]},\"verificationStatus\":{\"coding\":[{\"system\":"
                        + "\"http://terminology.hl7.org/CodeSystem/condition-ver-status\",\"code\":\"")
                .raw(verification)
                .raw("\"}]}");
    }

    /** Certainty is coded outside stays only (section 295 of the code of social law V), the side wherever there is one. */
    private static void extensions(JsonBytes json, Diagnosis diagnosis, boolean stay) {
        boolean sided = !diagnosis.side().isEmpty();
        if (!stay) {
            json.raw(CERTAINTY)
                    .raw(diagnosis.certainty() == Certainty.SUSPECTED ? "V" : "G")
                    .raw(sided ? "\"}}," : "\"}}]");
        }
        if (sided) {
            json.raw(stay ? ",\"extension\":[" : "")
                    .raw(SIDE)
                    .raw(diagnosis.side())
                    .raw("\"}}]");
        }
    }

    private static void onset(JsonBytes json, Diagnosis diagnosis) {
        switch (diagnosis.precision()) {
            case YEAR -> json.number(GermanTime.year(diagnosis.onset()));
            case MONTH -> json.yearMonth(diagnosis.onset());
            case DAY -> json.date(diagnosis.onset());
        }
    }

    static void death(Subject subject, Course.Death death) {
        JsonBytes json = subject.json();
        String id = subject.patient() + "-death";
        subject.begin("Condition", id, DEATH_PROFILE);
        status(json, "active", "confirmed");
        json.raw(",\"category\":[{\"coding\":[{\"system\":\"http://snomed.info/sct\",\"code\":\"16100001\","
                        + "\"display\":\"Death diagnosis\"},{\"system\":\"http://loinc.org\",\"code\":\"79378-6\","
                        + "\"display\":\"Cause of death\"}]}],\"code\":{\"coding\":[{\"system\":"
                        + "\"http://hl7.org/fhir/sid/icd-10\",\"version\":\"2019\",\"code\":\"")
                .raw(death.cause())
                .raw("\"}]}");
        subject.subject();
        Contact contact = death.contact();
        if (contact != null) {
            subject.encounter("encounter", contact);
        }
        Kds.dateTime(json, "onsetDateTime", death.minute());
        Kds.dateTime(json, "recordedDate", death.minute());
        subject.end("Condition", id);
    }
}
