package allmende.core.deident;

import allmende.core.fhir.PatientCompartment;
import allmende.core.fhir.ResourceKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** To whom the resources of a Bundle belong, also where they refer to each other by the addresses of its entries. */
final class Patients {

    private static final List<String> SUBJECTS = List.of("subject", "patient", "beneficiary", "individual");

    private final Map<String, String> byAddress = new HashMap<>();

    /** Those of a Bundle; of another resource none. */
    static Patients in(JsonNode resource) {
        Patients patients = new Patients();
        for (JsonNode entry : resource.path("entry").values()) {
            String address = entry.path("fullUrl").stringValue("");
            if (!address.isEmpty()
                    && entry.path("resource")
                            .path("resourceType")
                            .stringValue("")
                            .equals("Patient")) {
                patients.byAddress.put(
                        address, entry.path("resource").path("id").stringValue(address));
            }
        }
        return patients;
    }

    /** Whose a resource is; null if nobody's, or if it can't be told. */
    @Nullable
    String of(JsonNode resource, String fullUrl) {
        ResourceKey key = PatientCompartment.patientOf(resource);
        if (key != null) {
            return key.id();
        }
        for (String subject : SUBJECTS) {
            String patient =
                    byAddress.get(resource.path(subject).path("reference").stringValue(""));
            if (patient != null) {
                return patient;
            }
        }
        return resource.path("resourceType").stringValue("").equals("Patient") ? byAddress.get(fullUrl) : null;
    }
}
