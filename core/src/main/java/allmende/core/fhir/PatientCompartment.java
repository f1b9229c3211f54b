package allmende.core.fhir;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whom a resource speaks of. The elements are those of the FHIR R4 patient compartment definition that name the subject
 * of a record (not who wrote it down), and the like elements of types that the compartment leaves out (Device, Task,
 * Contract, GuidanceResponse).
 */
public final class PatientCompartment {

    private static final String PATIENT = "Patient";

    /** Types by the path of the element; arrays on the way are walked. */
    private static final Map<String, String[]> ELEMENTS = byType(Map.of(
            "subject",
            List.of(
                    "Account",
                    "AdverseEvent",
                    "Basic",
                    "CarePlan",
                    "CareTeam",
                    "ChargeItem",
                    "ClinicalImpression",
                    "Communication",
                    "CommunicationRequest",
                    "Composition",
                    "Condition",
                    "Contract",
                    "DeviceRequest",
                    "DeviceUseStatement",
                    "DiagnosticReport",
                    "DocumentManifest",
                    "DocumentReference",
                    "Encounter",
                    "Flag",
                    "Goal",
                    "GuidanceResponse",
                    "ImagingStudy",
                    "Invoice",
                    "List",
                    "MeasureReport",
                    "Media",
                    "MedicationAdministration",
                    "MedicationDispense",
                    "MedicationRequest",
                    "MedicationStatement",
                    "Observation",
                    "Procedure",
                    "QuestionnaireResponse",
                    "RequestGroup",
                    "RiskAssessment",
                    "ServiceRequest",
                    "Specimen"),
            "patient",
            List.of(
                    "AllergyIntolerance",
                    "BodyStructure",
                    "Claim",
                    "ClaimResponse",
                    "Consent",
                    "CoverageEligibilityRequest",
                    "CoverageEligibilityResponse",
                    "DetectedIssue",
                    "Device",
                    "EpisodeOfCare",
                    "ExplanationOfBenefit",
                    "FamilyMemberHistory",
                    "Immunization",
                    "ImmunizationEvaluation",
                    "ImmunizationRecommendation",
                    "MolecularSequence",
                    "NutritionOrder",
                    "RelatedPerson",
                    "SupplyDelivery",
                    "VisionPrescription"),
            "beneficiary",
            List.of("Coverage"),
            "candidate",
            List.of("EnrollmentRequest"),
            "individual",
            List.of("ResearchSubject"),
            "for",
            List.of("Task"),
            "deliverTo",
            List.of("SupplyRequest"),
            "actor",
            List.of("AppointmentResponse", "Schedule"),
            "target",
            List.of("Provenance"),
            "participant.actor",
            List.of("Appointment")));

    /** Types whose patient stands further down, each with one path or several to try in turn. */
    private static final Map<String, List<String[]>> DEEPER = Map.of(
            "AuditEvent", List.of(new String[] {"agent", "who"}, new String[] {"entity", "what"}),
            "Person", List.of(new String[][] {{"link", "target"}}));

    private PatientCompartment() {}

    /** Whether resources of the type may belong to a patient; those of other types are shared by many. */
    public static boolean mayOwn(String type) {
        return type.equals(PATIENT) || ELEMENTS.containsKey(type) || DEEPER.containsKey(type);
    }

    /**
     * The Patient itself, or the one that the resource speaks of: the first literal reference to a Patient, relative or
     * absolute. Null where it names none: a Group as subject, an identifier instead of a reference, a type that belongs to
     * no patient.
     */
    public static @Nullable ResourceKey patientOf(JsonNode resource) {
        JsonNode type = resource.get("resourceType");
        if (type == null || !type.isString()) {
            return null;
        }
        String name = type.stringValue();
        if (name.equals(PATIENT)) {
            JsonNode id = resource.get("id");
            return id != null && id.isString() ? new ResourceKey(PATIENT, id.stringValue()) : null;
        }
        String[] path = ELEMENTS.get(name);
        if (path != null) {
            return patientAt(resource, path, 0);
        }
        for (String[] deeper : DEEPER.getOrDefault(name, List.of())) {
            ResourceKey patient = patientAt(resource, deeper, 0);
            if (patient != null) {
                return patient;
            }
        }
        return null;
    }

    private static @Nullable ResourceKey patientAt(JsonNode node, String[] path, int step) {
        if (node.isArray()) {
            for (JsonNode element : node.values()) {
                ResourceKey patient = patientAt(element, path, step);
                if (patient != null) {
                    return patient;
                }
            }
            return null;
        }
        if (step < path.length) {
            JsonNode next = node.get(path[step]);
            return next == null ? null : patientAt(next, path, step + 1);
        }
        JsonNode literal = node.get("reference");
        if (literal == null || !literal.isString()) {
            return null;
        }
        ResourceKey key = Reference.parse(literal.stringValue()).resourceKey();
        return key != null && key.type().equals(PATIENT) ? key : null;
    }

    private static Map<String, String[]> byType(Map<String, List<String>> typesByPath) {
        Map<String, String[]> paths = new LinkedHashMap<>();
        typesByPath.forEach((path, types) -> types.forEach(type -> paths.put(type, path.split("\\."))));
        return Map.copyOf(paths);
    }
}
