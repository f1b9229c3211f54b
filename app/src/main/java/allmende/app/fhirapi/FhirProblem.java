package allmende.app.fhirapi;

import allmende.engine.store.DeadlinePassed;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/** Why a FHIR request is not carried out: thrown anywhere below a FHIR door, answered there as an OperationOutcome. */
public final class FhirProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<FhirIssue> issues;
    private final transient Map<String, String> headers;

    /** With several issues. */
    public FhirProblem(int status, List<FhirIssue> issues) {
        this(status, issues, Map.of());
    }

    private FhirProblem(int status, List<FhirIssue> issues, Map<String, String> headers) {
        super(issues.isEmpty() ? "" : issues.getFirst().diagnostics(), null, false, false);
        this.status = status;
        this.issues = List.copyOf(issues);
        this.headers = Map.copyOf(headers);
    }

    /**
     * With one issue.
     *
     * @param status of HTTP
     * @param code of {@code http://hl7.org/fhir/issue-type}
     * @param diagnostics a sentence for the caller, naming no patient data
     * @param expression what it is about
     */
    public static FhirProblem of(int status, String code, String diagnostics, String... expression) {
        return new FhirProblem(status, List.of(FhirIssue.error(code, diagnostics, expression)));
    }

    /** 400: the request can't be understood. */
    public static FhirProblem invalid(String diagnostics, String... expression) {
        return of(400, "invalid", diagnostics, expression);
    }

    /** 400: nothing here does that. */
    public static FhirProblem notSupported(String diagnostics, String... expression) {
        return of(400, "not-supported", diagnostics, expression);
    }

    /** 404. */
    public static FhirProblem notFound(String diagnostics) {
        return of(404, "not-found", diagnostics);
    }

    /** 412: what the caller expects is not so. */
    public static FhirProblem unmet(String diagnostics) {
        return of(412, "conflict", diagnostics);
    }

    /** 413: more than a named maximum. */
    public static FhirProblem tooLarge(String diagnostics) {
        return of(413, "too-long", diagnostics);
    }

    /** 413: the request took longer than it may. */
    static FhirProblem tooLong() {
        return of(413, "too-costly", DeadlinePassed.SENTENCE);
    }

    /** 503: not now; {@code seconds} tells when to try again. */
    public static FhirProblem later(String diagnostics, int seconds) {
        return of(503, "transient", diagnostics).with(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
    }

    /** The same with a header of the answer. */
    public FhirProblem with(String header, String value) {
        return new FhirProblem(status, issues, Map.of(header, value));
    }

    /** Status of HTTP. */
    public int status() {
        return status;
    }

    /** What the OperationOutcome tells. */
    public List<FhirIssue> issues() {
        return issues;
    }

    /** Headers of the answer. */
    public Map<String, String> headers() {
        return headers;
    }
}
