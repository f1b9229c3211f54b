package allmende.synth.kds;

import allmende.synth.json.GermanTime;
import allmende.synth.json.JsonBytes;
import allmende.synth.life.Contact;
import allmende.synth.life.Operation;
import allmende.synth.profile.CodeEra;

/** Writes Procedures: OPS by module Prozedur, ventilation by module Intensivmedizin. */
final class ProcedureWriter {

    private static final String PROFILE = Kds.CORE + "modul-prozedur/StructureDefinition/Procedure";
    private static final String VENTILATION = Kds.MII + "ext/modul-icu/StructureDefinition/mii-pr-icu-beatmung";

    private ProcedureWriter() {}

    static void write(Subject subject, Contact contact, int index) {
        Operation operation = contact.operations().get(index);
        JsonBytes json = subject.json();
        String id = subject.encounter(contact) + "-p" + (index + 1);
        subject.begin("Procedure", id, operation.ventilation() ? VENTILATION : PROFILE);
        json.raw(",\"status\":\"completed\",\"category\":{\"coding\":[");
        if (operation.ventilation()) {
            Kds.coding(json, "http://snomed.info/sct", "40617009", "Artificial ventilation (regime/therapy)");
            json.raw("]},\"code\":{\"coding\":[");
            Kds.coding(json, "http://snomed.info/sct", "243147009", "Controlled ventilation (procedure)");
        } else {
            category(json, operation.ops().charAt(0));
            json.raw("]},\"code\":{\"coding\":[");
            code(subject, operation);
        }
        json.raw("]}");
        subject.subject();
        subject.encounter("encounter", contact);
        boolean moment = !operation.ventilation() && operation.end() - operation.start() < 15;
        if (moment) {
            Kds.dateTime(json, "performedDateTime", operation.start());
        } else {
            Kds.period(json, "performedPeriod", operation.start(), operation.end());
        }
        subject.end("Procedure", id);
    }

    private static void code(Subject subject, Operation operation) {
        JsonBytes json = subject.json();
        CodeEra era = subject.site().era();
        json.raw("{\"system\":\"")
                .raw(era.system("ops"))
                .raw("\",\"version\":\"")
                .number(era.version(GermanTime.year(GermanTime.day(operation.start()))))
                .raw("\",\"code\":\"")
                .raw(operation.ops())
                .raw("\"");
        if (!operation.side().isEmpty()) {
            json.raw(
                            ",\"extension\":[{\"url\":\"http://fhir.de/StructureDefinition/seitenlokalisation\",\"valueCoding\":"
                                    + "{\"system\":\"https://fhir.kbv.de/CodeSystem/KBV_CS_SFHIR_ICD_SEITENLOKALISATION\","
                                    + "\"code\":\"")
                    .raw(operation.side())
                    .raw("\"}}]");
        }
        json.raw("}");
    }

    /** The category follows from the chapter of OPS, the first digit. */
    private static void category(JsonBytes json, char chapter) {
        switch (chapter) {
            case '1' -> Kds.coding(json, "http://snomed.info/sct", "165197003", "Diagnostic assessment (procedure)");
            case '3' -> Kds.coding(json, "http://snomed.info/sct", "363679005", "Imaging (procedure)");
            case '5' -> Kds.coding(json, "http://snomed.info/sct", "387713003", "Surgical procedure (procedure)");
            case '6' ->
                Kds.coding(
                        json, "http://snomed.info/sct", "18629005", "Administration of drug or medicament (procedure)");
            case '8' -> Kds.coding(json, "http://snomed.info/sct", "277132007", "Therapeutic procedure (procedure)");
            case '9' -> Kds.coding(json, "http://snomed.info/sct", "394841004", "Other category (qualifier value)");
            default -> throw new IllegalStateException("OPS has no chapter " + chapter);
        }
    }
}
