package allmende.synth.kds;

import allmende.synth.clinic.LabTest;
import allmende.synth.json.JsonBytes;
import allmende.synth.life.Contact;
import allmende.synth.life.Measurement;
import allmende.synth.profile.LabUnits;
import org.jspecify.annotations.Nullable;

/** Writes ObservationLab of module Laborbefund. */
final class LabWriter {

    private static final String PROFILE = Kds.CORE + "modul-labor/StructureDefinition/ObservationLab";
    private static final String INTERPRETATION = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
    private static final String IDENTIFIER = ",\"identifier\":[{\"type\":{\"coding\":[{\"system\":"
            + "\"http://terminology.hl7.org/CodeSystem/v2-0203\",\"code\":\"OBI\"}]},\"system\":\"";
    private static final String ASSIGNER =
            "\",\"assigner\":{\"identifier\":{\"system\":" + "\"http://fhir.de/sid/arge-ik/iknr\",\"value\":\"";
    private static final String CODE =
            "\"}}}],\"status\":\"final\",\"category\":[{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"26436-6\"},{\"system\":"
                    + "\"http://terminology.hl7.org/CodeSystem/observation-category\",\"code\":\"laboratory\"}]}],"
                    + "\"code\":{\"coding\":[";

    private LabWriter() {}

    static void write(Subject subject, Contact contact, int index, boolean female) {
        Measurement value = contact.measurements().get(index);
        LabTest test = value.test();
        LabTest.Report report = test.report(subject.site().units() == LabUnits.SI);
        JsonBytes json = subject.json();
        String id = subject.encounter(contact) + "-l" + (index + 1);
        subject.begin("Observation", id, PROFILE);
        json.raw(IDENTIFIER)
                .raw(subject.site().identifiers())
                .raw("laborwerte\",\"value\":\"")
                .raw(id)
                .raw(ASSIGNER)
                .raw(subject.site().iknr())
                .raw(CODE);
        Kds.coding(json, "http://loinc.org", report.loinc(), report.display()).raw("]}");
        subject.subject();
        subject.encounter("encounter", contact);
        Kds.dateTime(json, "effectiveDateTime", value.minute());
        Kds.dateTime(json, "issued", value.minute() + 45);
        if (test.coded()) {
            json.raw(",\"valueCodeableConcept\":{\"coding\":[");
            boolean detected = value.scaled() == 1;
            Kds.coding(
                    json,
                    "http://snomed.info/sct",
                    detected ? "260373001" : "260415000",
                    detected ? "Detected" : "Not detected");
            json.raw("]}");
        } else {
            json.raw(",\"valueQuantity\":");
            quantity(json, report.scaled(value.scaled(), test.decimals()), report);
            reference(json, value, test.normal(female), report);
        }
        json.raw(",\"performer\":[{\"reference\":\"Organization/" + Kds.LABORATORY + "\"}]");
        subject.end("Observation", id);
    }

    private static void quantity(JsonBytes json, long scaled, LabTest.Report report) {
        Kds.quantity(json, scaled, report.decimals(), report.unit(), report.unit());
    }

    private static void reference(JsonBytes json, Measurement value, LabTest.Normal normal, LabTest.Report report) {
        LabTest test = value.test();
        double power = StrictMath.pow(10, test.decimals());
        Double low = normal.low();
        Double high = normal.high();
        if (low == null && high == null) {
            return;
        }
        String code = low != null && value.scaled() < Math.round(low * power)
                ? "L"
                : high != null && value.scaled() > Math.round(high * power) ? "H" : "N";
        json.raw(",\"interpretation\":[{\"coding\":[{\"system\":\"" + INTERPRETATION + "\",\"code\":\"")
                .raw(code)
                .raw("\"}]}],\"referenceRange\":[{");
        bound(json, "\"low\":", low, test, report);
        json.raw(low != null && high != null ? "," : "");
        bound(json, "\"high\":", high, test, report);
        json.raw("}]");
    }

    private static void bound(
            JsonBytes json, String name, @Nullable Double bound, LabTest test, LabTest.Report report) {
        if (bound != null) {
            json.raw(name);
            long scaled = Math.round(bound * StrictMath.pow(10, test.decimals()));
            quantity(json, report.scaled(scaled, test.decimals()), report);
        }
    }
}
