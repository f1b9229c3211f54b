package allmende.synth.kds;

import allmende.synth.json.GermanTime;
import allmende.synth.json.JsonBytes;
import allmende.synth.life.Contact;
import allmende.synth.life.Sample;

/** Writes Specimens of module Biobank. */
final class SpecimenWriter {

    private static final String BIOBANK = Kds.MII + "ext/modul-biobank/StructureDefinition/";
    private static final String TEMPERATURE = ",\"processing\":[{\"extension\":[{\"url\":\"" + BIOBANK
            + "Temperaturbedingungen\",\"valueRange\":{\"low\":{\"value\":-85,\"unit\":\"°C\",\"system\":"
            + "\"http://unitsofmeasure.org\",\"code\":\"Cel\"},\"high\":{\"value\":-75,\"unit\":\"°C\",\"system\":"
            + "\"http://unitsofmeasure.org\",\"code\":\"Cel\"}}}],\"procedure\":{\"coding\":[{\"system\":"
            + "\"http://snomed.info/sct\",\"code\":\"1186936003\",\"display\":\"Storage of specimen (procedure)\"}]},"
            + "\"timePeriod\":{\"start\":\"";
    private static final String CONTAINER =
            "\"}}],\"container\":[{\"type\":{\"coding\":[{\"system\":" + "\"http://snomed.info/sct\",\"code\":\"";

    private SpecimenWriter() {}

    static void write(Subject subject, Contact contact, int index) {
        Sample sample = contact.samples().get(index);
        JsonBytes json = subject.json();
        String id = subject.encounter(contact) + "-s" + (index + 1);
        subject.begin("Specimen", id, BIOBANK + "Specimen");
        json.raw(",\"extension\":[{\"url\":\"" + BIOBANK + "Diagnose\",\"valueReference\":{\"reference\":\"Condition/")
                .raw(ConditionWriter.id(subject, contact, 0))
                .raw("\"}},{\"url\":\"" + BIOBANK + "VerwaltendeOrganisation\",\"valueReference\":{\"reference\":"
                        + "\"Organization/" + Kds.BIOBANK + "\"}}],\"identifier\":[{\"system\":\"")
                .raw(subject.site().identifiers())
                .raw("bioproben\",\"value\":\"")
                .raw(id)
                .raw("\"}],\"status\":\"available\",\"type\":{\"coding\":[");
        Kds.coding(
                json,
                "http://snomed.info/sct",
                sample.kind().code(),
                sample.kind().display());
        json.raw("]}");
        subject.subject();
        json.raw(",\"collection\":{\"collectedDateTime\":\"")
                .dateTime(sample.minute())
                .raw("\"");
        String topography = sample.topography();
        if (topography != null) {
            json.raw(
                            ",\"bodySite\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/icd-o-3\",\"code\":\"")
                    .raw(topography)
                    .raw("\"}]}");
        }
        json.raw("}").raw(TEMPERATURE).dateTime(sample.minute() + GermanTime.DAY / 4);
        json.raw(CONTAINER).raw(topography != null ? "434464009" : "702281005").raw("\"}]}}]");
        subject.end("Specimen", id);
    }
}
