package allmende.synth.kds;

import allmende.synth.clinic.Clinic;
import allmende.synth.json.JsonBytes;

/** Writes what belongs to the hospital as a whole rather than to a patient. */
public final class OrganisationWriter {

    private OrganisationWriter() {}

    /** Writes the organisations and the products of the pharmacy. */
    public static void write(Clinic clinic, JsonBytes json, ResourceSink sink) {
        organisation(json, sink, Kds.ORGANISATION, "Universitätsklinikum Allmende", false);
        organisation(json, sink, Kds.LABORATORY, "Zentrallabor", true);
        organisation(json, sink, Kds.BIOBANK, "Biobank", true);
        clinic.drugs().values().forEach(drug -> MedicationWriter.shared(json, sink, drug));
    }

    private static void organisation(JsonBytes json, ResourceSink sink, String id, String name, boolean part) {
        json.clear()
                .raw("{\"resourceType\":\"Organization\",\"id\":\"")
                .raw(id)
                .raw("\",\"active\":true,\"type\":[{\"coding\":[{\"system\":"
                        + "\"http://terminology.hl7.org/CodeSystem/organization-type\",\"code\":\"")
                .raw(part ? "dept" : "prov")
                .raw("\"}]}],\"name\":")
                .text(name);
        if (part) {
            Kds.reference(json, "partOf", "Organization", Kds.ORGANISATION);
        }
        sink.resource("Organization", id, json.raw("}"));
    }
}
