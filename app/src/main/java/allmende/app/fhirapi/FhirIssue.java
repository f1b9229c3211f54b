package allmende.app.fhirapi;

import allmende.engine.search.Refusal;
import java.util.List;

/**
 * One issue of an OperationOutcome.
 *
 * @param severity fatal, error, warning or information
 * @param code of {@code http://hl7.org/fhir/issue-type}
 * @param diagnostics a sentence for the caller, naming no patient data
 * @param expression FHIRPath of the elements or names of the parameters that it is about; may be empty
 */
public record FhirIssue(String severity, String code, String diagnostics, List<String> expression) {

    public FhirIssue {
        expression = List.copyOf(expression);
    }

    /** An error. */
    public static FhirIssue error(String code, String diagnostics, String... expression) {
        return new FhirIssue("error", code, diagnostics, List.of(expression));
    }

    /** Why a search, or a part of it, is not carried out. */
    static FhirIssue of(String severity, Refusal refusal) {
        return new FhirIssue(
                severity,
                refusal.code().issueType(),
                refusal.reason(),
                refusal.parameter().isEmpty() ? List.of() : List.of(refusal.parameter()));
    }

    /** Something worth knowing that hindered nothing. */
    public static FhirIssue information(String diagnostics) {
        return new FhirIssue("information", "informational", diagnostics, List.of());
    }
}
