package allmende.engine.load;

/**
 * Why something is set aside.
 *
 * @param reason a sentence for an engineer; quotes no content
 * @param path the element it is about, {@code Patient.birthDate}; empty where it is about the whole
 */
public record Rejection(RejectionCode code, String reason, String path) {

    /** FHIR's rule for ids. */
    static final String ID_RULE = "an id has 1 to 64 letters, digits, hyphens and dots";

    /** About the whole. */
    public Rejection(RejectionCode code, String reason) {
        this(code, reason, "");
    }

    Rejection at(String place) {
        return new Rejection(code, reason, place);
    }

    /** Reason and place in one sentence. */
    public String sentence() {
        return path.isEmpty() ? reason : path + ": " + reason;
    }
}
