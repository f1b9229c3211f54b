package allmende.synth.kds;

import allmende.synth.clinic.Clinic;
import allmende.synth.json.JsonBytes;
import allmende.synth.profile.HospitalProfile;
import allmende.synth.profile.Offering;

/** Writes what belongs to the hospital as a whole rather than to a patient. */
public final class OrganisationWriter {

    private OrganisationWriter() {}

    /** Writes the organisations and the products of the pharmacy. */
    public static void write(Clinic clinic, HospitalProfile site, JsonBytes json, ResourceSink sink) {
        organisation(json, sink, Kds.ORGANISATION, site.name(), false);
        if (site.offers(Offering.LABORATORY)) {
            organisation(json, sink, Kds.LABORATORY, "Zentrallabor", true);
        }
        if (site.offers(Offering.BIOBANK)) {
            organisation(json, sink, Kds.BIOBANK, "Biobank", true);
        }
        clinic.drugs().values().forEach(drug -> MedicationWriter.shared(json, sink, drug, site.era()));
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
