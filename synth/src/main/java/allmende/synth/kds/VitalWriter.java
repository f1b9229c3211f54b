package allmende.synth.kds;

import allmende.synth.json.JsonBytes;
import allmende.synth.life.Contact;
import allmende.synth.life.Course;
import allmende.synth.life.Vital;

/** Writes vital signs by the profiles of module Intensivmedizin, and the vital status of module Person. */
final class VitalWriter {

    private static final String PROFILES = Kds.MII + "ext/modul-icu/StructureDefinition/mii-pr-icu-muv-";
    private static final String CATEGORY = ",\"status\":\"final\",\"category\":[{\"coding\":[{\"system\":"
            + "\"http://terminology.hl7.org/CodeSystem/observation-category\",\"code\":\"vital-signs\"}]}],\"code\":"
            + "{\"coding\":[";
    private static final String LOINC = "{\"system\":\"http://loinc.org\",\"code\":\"";
    private static final String SNOMED = "\"},{\"system\":\"http://snomed.info/sct\",\"code\":\"";
    private static final String DEVICE = "\"},{\"system\":\"urn:iso:std:iso:11073:10101\",\"code\":\"";
    private static final String SYSTOLIC = LOINC + "8480-6" + SNOMED + "271649006" + DEVICE + "150017\"}";
    private static final String DIASTOLIC = LOINC + "8462-4" + SNOMED + "271650006" + DEVICE + "150018\"}";
    private static final String PRESSURE_UNIT = "millimeter Mercury column";

    private VitalWriter() {}

    static void write(Subject subject, Contact contact, int index) {
        Vital vital = contact.vitals().get(index);
        JsonBytes json = subject.json();
        String id = subject.encounter(contact) + "-v" + (index + 1);
        subject.begin("Observation", id, PROFILES + profile(vital.kind()))
                .raw(CATEGORY)
                .raw(code(vital.kind()));
        json.raw("]}");
        subject.subject();
        subject.encounter("encounter", contact);
        Kds.dateTime(json, "effectiveDateTime", vital.minute());
        switch (vital.kind()) {
            case BLOOD_PRESSURE -> pressure(json, vital);
            case HEART_RATE -> value(json, vital, 0, "beats per minute", "/min");
            case RESPIRATORY_RATE -> value(json, vital, 0, "breaths per minute", "/min");
            case WEIGHT -> value(json, vital, 1, "kilogram", "kg");
            case HEIGHT -> value(json, vital, 0, "centimeter", "cm");
        }
        subject.end("Observation", id);
    }

    private static String profile(Vital.Kind kind) {
        return switch (kind) {
            case BLOOD_PRESSURE -> "arterieller-blutdruck";
            case HEART_RATE -> "herzfrequenz";
            case RESPIRATORY_RATE -> "atemfrequenz";
            case WEIGHT -> "koerpergewicht";
            case HEIGHT -> "koerpergroesse";
        };
    }

    private static String code(Vital.Kind kind) {
        return switch (kind) {
            case BLOOD_PRESSURE -> LOINC + "85354-9" + SNOMED + "75367002" + SNOMED + "364090009\"}";
            case HEART_RATE -> LOINC + "8867-4" + SNOMED + "364075005" + DEVICE + "147842\"}";
            case RESPIRATORY_RATE -> LOINC + "9279-1" + SNOMED + "86290005\"}";
            case WEIGHT -> LOINC + "29463-7" + SNOMED + "27113001\"}";
            case HEIGHT -> LOINC + "8302-2" + SNOMED + "1153637007\"}";
        };
    }

    private static void value(JsonBytes json, Vital vital, int decimals, String unit, String code) {
        json.raw(",\"valueQuantity\":");
        Kds.quantity(json, decimals == 1 ? vital.scaled() : vital.scaled() / 10, decimals, unit, code);
    }

    private static void pressure(JsonBytes json, Vital vital) {
        json.raw(",\"component\":[{\"code\":{\"coding\":[" + SYSTOLIC + "]},\"valueQuantity\":");
        Kds.quantity(json, vital.scaled() / 10, 0, PRESSURE_UNIT, "mm[Hg]");
        json.raw("},{\"code\":{\"coding\":[" + DIASTOLIC + "]},\"valueQuantity\":");
        Kds.quantity(json, vital.second() / 10, 0, PRESSURE_UNIT, "mm[Hg]");
        json.raw("}]");
    }

    /** Whether the patient lives, as of the day of death or of the last contact. */
    static void vitalStatus(Subject subject, Course course, long minute) {
        JsonBytes json = subject.json();
        String id = subject.patient() + "-vital-status";
        subject.begin("Observation", id, Kds.CORE + "modul-person/StructureDefinition/Vitalstatus");
        json.raw(",\"status\":\"final\",\"category\":[{\"coding\":[{\"system\":"
                + "\"http://terminology.hl7.org/CodeSystem/observation-category\",\"code\":\"survey\"}]}],\"code\":"
                + "{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"67162-8\",\"display\":\"Vital status\"}]}");
        subject.subject();
        Kds.dateTime(json, "effectiveDateTime", minute);
        json.raw(",\"valueCodeableConcept\":{\"coding\":[{\"system\":\"" + Kds.CORE
                        + "modul-person/CodeSystem/Vitalstatus\",\"code\":\"")
                .raw(course.death() == null ? "L" : "T")
                .raw("\",\"display\":\"")
                .raw(course.death() == null ? "Patient lebt" : "Patient verstorben")
                .raw("\"}]}");
        subject.end("Observation", id);
    }
}
