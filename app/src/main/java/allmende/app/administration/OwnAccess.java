package allmende.app.administration;

import allmende.app.audit.AccessLogReader;
import java.time.Instant;
import java.util.Map;

/**
 * An access to a patient's data in the patient's words: no ids, no parameters, no names of resource types.
 *
 * @param at when
 * @param who name of the account or program
 * @param kind what whoever did it is, as the messages {@code access.kind} name it
 * @param deed what was done, as the messages {@code own.deed} name it
 * @param data which kind of data, as the messages {@code own.data} name it
 * @param people how many people it was about; -1 where it may have been everybody
 * @param result what became of it, as the messages {@code own.result} name it
 */
record OwnAccess(Instant at, String who, String kind, String deed, String data, long people, String result) {

    private static final String OTHER = "other";
    private static final String EVERYTHING = "everything";
    private static final Map<String, String> DATA = Map.ofEntries(
            Map.entry("Patient", "person"),
            Map.entry("RelatedPerson", "person"),
            Map.entry("Encounter", "stays"),
            Map.entry("EpisodeOfCare", "stays"),
            Map.entry("Appointment", "stays"),
            Map.entry("Condition", "diagnoses"),
            Map.entry("AllergyIntolerance", "allergies"),
            Map.entry("Observation", "findings"),
            Map.entry("DiagnosticReport", "findings"),
            Map.entry("ImagingStudy", "findings"),
            Map.entry("QuestionnaireResponse", "answers"),
            Map.entry("Procedure", "treatments"),
            Map.entry("CarePlan", "treatments"),
            Map.entry("ServiceRequest", "treatments"),
            Map.entry("Medication", "medication"),
            Map.entry("MedicationRequest", "medication"),
            Map.entry("MedicationStatement", "medication"),
            Map.entry("MedicationAdministration", "medication"),
            Map.entry("MedicationDispense", "medication"),
            Map.entry("Immunization", "vaccinations"),
            Map.entry("Specimen", "samples"),
            Map.entry("Consent", "consents"),
            Map.entry("DocumentReference", "documents"),
            Map.entry("Composition", "documents"),
            Map.entry("Binary", "documents"),
            Map.entry("Coverage", "insurance"));

    static OwnAccess of(AccessLogReader.Row row) {
        return new OwnAccess(
                row.at(),
                row.who(),
                row.kind(),
                deed(row.action()),
                data(row.action(), row.object()),
                row.all(),
                result(row.outcome()));
    }

    private static String deed(String action) {
        return switch (action) {
            case "READ", "VREAD", "HISTORY", "SEARCH" -> "seen";
            case "EXPORT", "DOWNLOAD" -> "copied";
            case "CREATE" -> "added";
            case "UPDATE", "PATCH" -> "changed";
            case "DELETE", "ERASE" -> "removed";
            default -> "used";
        };
    }

    /** An object is a type, a type and an id, or a path; without a type, it was not about one kind alone. */
    private static String data(String action, String object) {
        String type = object.split("[/?]", 2)[0];
        if (object.contains("$everything") || type.isEmpty() || (action.equals("EXPORT") && !DATA.containsKey(type))) {
            return EVERYTHING;
        }
        return DATA.getOrDefault(type, OTHER);
    }

    /** The log tells the answer's status of HTTP; anything else was done by a command and worked. */
    private static String result(String outcome) {
        String status = outcome.substring(outcome.lastIndexOf(' ') + 1);
        return switch (status.isEmpty() ? ' ' : status.charAt(0)) {
            case '4' -> "refused";
            case '5' -> "failed";
            default -> "done";
        };
    }
}
