package allmende.engine.search;

import java.util.List;
import java.util.Map;

/**
 * When care took place, by type: the parameters that {@code start} and {@code end} of the operation
 * {@code Patient/$everything} (FHIR R4) mean. One of them suffices.
 */
public final class CareDates {

    /** Name of the parameter for the first day; no caller of a search can write it. */
    public static final String START = "$start";

    /** Name of the parameter for the last day. */
    public static final String END = "$end";

    private static final Map<String, List<String>> CODES = Map.ofEntries(
            Map.entry("AllergyIntolerance", List.of("date", "onset")),
            Map.entry("Appointment", List.of("date")),
            Map.entry("CarePlan", List.of("date")),
            Map.entry("CareTeam", List.of("date")),
            Map.entry("ClinicalImpression", List.of("date")),
            Map.entry("Composition", List.of("date")),
            Map.entry("Condition", List.of("onset-date", "recorded-date")),
            Map.entry("DiagnosticReport", List.of("date")),
            Map.entry("DocumentReference", List.of("date")),
            Map.entry("Encounter", List.of("date")),
            Map.entry("EpisodeOfCare", List.of("date")),
            Map.entry("ImagingStudy", List.of("started")),
            Map.entry("Immunization", List.of("date")),
            Map.entry("MedicationAdministration", List.of("effective-time")),
            Map.entry("MedicationDispense", List.of("whenhandedover", "whenprepared")),
            Map.entry("MedicationRequest", List.of("authoredon")),
            Map.entry("MedicationStatement", List.of("effective")),
            Map.entry("Observation", List.of("date")),
            Map.entry("Procedure", List.of("date")),
            Map.entry("QuestionnaireResponse", List.of("authored")),
            Map.entry("ServiceRequest", List.of("authored", "occurrence")),
            Map.entry("Specimen", List.of("collected")));

    private CareDates() {}

    /** Parameters that tell the time of care in a type; none where it tells none. */
    static List<String> of(String type) {
        return CODES.getOrDefault(type, List.of());
    }
}
