package allmende.synth.kds;

import allmende.synth.clinic.Care.Setting;
import allmende.synth.clinic.Drug;
import allmende.synth.json.GermanTime;
import allmende.synth.json.JsonBytes;
import allmende.synth.life.Contact;
import allmende.synth.life.Medication;
import allmende.synth.profile.CodeEra;

/** Writes module Medikation: shared Medications, and what is ordered, given and taken. */
final class MedicationWriter {

    private static final String PROFILES = Kds.CORE + "modul-medikation/StructureDefinition/";
    private static final String UCUM = "\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"";
    private static final String EDQM = "http://standardterms.edqm.eu";

    private MedicationWriter() {}

    static String sharedId(Drug drug) {
        return "medication-" + drug.id();
    }

    static void shared(JsonBytes json, ResourceSink sink, Drug drug, CodeEra era) {
        Kds.begin(json.clear(), "Medication", sharedId(drug), PROFILES + "Medication")
                .raw(",\"code\":{\"coding\":[");
        atc(json, drug, 2025, era);
        json.raw("],\"text\":").text(drug.name()).raw("},\"status\":\"active\",\"form\":{\"coding\":[");
        Kds.coding(json, EDQM, drug.form().formCode(), drug.form().formName());
        json.raw("]},\"ingredient\":[{\"itemCodeableConcept\":{\"coding\":[");
        Kds.coding(json, "http://terminology.hl7.org/CodeSystem/CAS", drug.cas(), drug.name());
        json.raw("],\"text\":").text(drug.name()).raw("},\"isActive\":true,\"strength\":{\"numerator\":");
        amount(json, drug.strength(), drug.unit());
        json.raw(",\"denominator\":{\"value\":1,\"unit\":\"")
                .raw(drug.form().formName())
                .raw("\",\"system\":\"" + EDQM + "\",\"code\":\"")
                .raw(drug.form().formCode())
                .raw("\"}}}]");
        sink.resource("Medication", sharedId(drug), json.raw("}"));
    }

    static void write(Subject subject, Contact contact, int index) {
        Medication medication = contact.medications().get(index);
        String id = id(subject, contact, index);
        switch (medication.kind()) {
            case REQUEST -> request(subject, contact, medication, id);
            case ADMINISTRATION -> administration(subject, contact, medication, id);
            case STATEMENT -> statement(subject, contact, medication, id);
        }
    }

    private static String id(Subject subject, Contact contact, int index) {
        return subject.encounter(contact) + "-m" + (index + 1);
    }

    private static void request(Subject subject, Contact contact, Medication medication, String id) {
        JsonBytes json = subject.json();
        Drug drug = medication.drug();
        subject.begin("MedicationRequest", id, PROFILES + "MedicationRequest");
        json.raw(contact.open() ? ",\"status\":\"active\"" : ",\"status\":\"completed\"")
                .raw(",\"intent\":\"order\"");
        medication(subject, medication);
        subject.subject();
        subject.encounter("encounter", contact);
        Kds.dateTime(json, "authoredOn", medication.start());
        json.raw(",\"dosageInstruction\":[{");
        timing(json, drug);
        json.raw(",\"doseAndRate\":[{\"doseQuantity\":");
        amount(json, drug.dose(), drug.unit());
        json.raw("}]}]");
        subject.end("MedicationRequest", id);
    }

    private static void administration(Subject subject, Contact contact, Medication medication, String id) {
        JsonBytes json = subject.json();
        Drug drug = medication.drug();
        subject.begin("MedicationAdministration", id, PROFILES + "MedicationAdministration");
        json.raw(",\"status\":\"completed\"");
        if (contact.setting() == Setting.STAY) {
            json.raw(",\"category\":{\"coding\":[{\"system\":"
                    + "\"http://terminology.hl7.org/CodeSystem/medication-admin-category\",\"code\":\"inpatient\"}]}");
        }
        medication(subject, medication);
        subject.subject();
        subject.encounter("context", contact);
        if (drug.form() == Drug.Form.INFUSION) {
            Kds.period(json, "effectivePeriod", medication.start(), medication.start() + 30);
        } else {
            Kds.dateTime(json, "effectiveDateTime", medication.start());
        }
        if (medication.order() >= 0) {
            Kds.reference(json, "request", "MedicationRequest", id(subject, contact, medication.order()));
        }
        json.raw(",\"dosage\":{");
        route(json, drug);
        json.raw(",\"dose\":");
        amount(json, drug.dose(), drug.unit());
        json.raw("}");
        subject.end("MedicationAdministration", id);
    }

    private static void statement(Subject subject, Contact contact, Medication medication, String id) {
        JsonBytes json = subject.json();
        subject.begin("MedicationStatement", id, PROFILES + "MedicationStatement");
        json.raw(
                ",\"status\":\"active\",\"category\":{\"coding\":[{\"system\":"
                        + "\"http://terminology.hl7.org/CodeSystem/medication-statement-category\",\"code\":\"community\"},"
                        + "{\"system\":\"http://ihe-d.de/CodeSystems/FallkontextBeiDokumentenerstellung\",\"code\":\"E210\"}]}");
        medication(subject, medication);
        subject.subject();
        subject.encounter("context", contact);
        json.raw(",\"effectivePeriod\":{\"start\":\"")
                .date(GermanTime.day(medication.start()))
                .raw("\"}");
        Kds.dateTime(json, "dateAsserted", contact.start());
        json.raw(",\"dosage\":[{");
        timing(json, medication.drug());
        json.raw(",\"doseAndRate\":[{\"doseQuantity\":");
        amount(json, medication.drug().dose(), medication.drug().unit());
        json.raw("}]}]");
        subject.end("MedicationStatement", id);
    }

    private static void medication(Subject subject, Medication medication) {
        JsonBytes json = subject.json();
        Drug drug = medication.drug();
        if (medication.shared()) {
            Kds.reference(json, "medicationReference", "Medication", sharedId(drug));
        } else {
            json.raw(",\"medicationCodeableConcept\":{\"coding\":[");
            int year = Math.clamp(GermanTime.year(GermanTime.day(medication.start())), 2015, 2025);
            atc(json, drug, year, subject.site().era());
            json.raw("],\"text\":").text(drug.name()).raw("}");
        }
    }

    private static void atc(JsonBytes json, Drug drug, int year, CodeEra era) {
        json.raw("{\"system\":\"")
                .raw(era.system("atc"))
                .raw("\",\"version\":\"")
                .number(era.version(year))
                .raw("\",\"code\":\"")
                .raw(drug.atc())
                .raw("\",\"display\":")
                .text(drug.name())
                .raw("}");
    }

    private static void timing(JsonBytes json, Drug drug) {
        json.raw("\"timing\":{\"repeat\":{\"frequency\":")
                .number(drug.perDay())
                .raw(",\"period\":1,\"periodUnit\":\"d\"}},");
        route(json, drug);
    }

    private static void route(JsonBytes json, Drug drug) {
        json.raw("\"route\":{\"coding\":[");
        Kds.coding(json, EDQM, drug.form().routeCode(), drug.form().routeName());
        json.raw("]}");
    }

    private static void amount(JsonBytes json, double value, String unit) {
        boolean whole = value == Math.rint(value);
        json.raw("{\"value\":");
        json.decimal(whole ? (long) value : Math.round(value * 100), whole ? 0 : 2);
        json.raw(",\"unit\":\"").raw(unit).raw(UCUM).raw(unit).raw("\"}");
    }
}
