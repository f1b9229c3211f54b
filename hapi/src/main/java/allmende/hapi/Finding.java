package allmende.hapi;

/**
 * One thing that a profile or FHIR itself demands and a resource does not fulfil.
 *
 * @param severity how bad
 * @param code stable name of the rule, as the validator calls it; {@code unnamed} where it has none
 * @param location where in the resource, as FHIRPath: {@code Condition.code.coding[0]}
 * @param profile canonical address of the profile whose rule it is; empty where it is FHIR's own rule
 * @param message a sentence for an engineer; the resource's values are left out of it
 */
public record Finding(Severity severity, String code, String location, String profile, String message) {

    /** How bad a finding is. */
    public enum Severity {

        /** The resource does not conform. */
        ERROR,

        /** It conforms, but something is odd. */
        WARNING,

        /** Worth knowing. */
        INFORMATION
    }
}
