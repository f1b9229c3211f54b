package allmende.engine.search;

/**
 * Why a search, or a part of it, is not carried out.
 *
 * @param code what kind of trouble it is
 * @param parameter the parameter as it was written; empty where the search as a whole is meant
 * @param reason a sentence for the caller, naming no patient data
 */
public record Refusal(Code code, String parameter, String reason) {

    /** Kinds of trouble, each with its code in {@code http://hl7.org/fhir/issue-type}. */
    public enum Code {
        /** The type has no such parameter. */
        UNKNOWN("not-supported"),
        /** The parameter has no such modifier, or none that is carried out here. */
        MODIFIER("not-supported"),
        /** The value can't be read. */
        VALUE("invalid"),
        /** It is more than a named maximum allows. */
        TOO_COSTLY("too-costly"),
        /** A parameter that was added is still being indexed. */
        NOT_YET("transient"),
        /** The snapshot that was asked for does not exist here. */
        SNAPSHOT("expired");

        private final String issueType;

        Code(String issueType) {
            this.issueType = issueType;
        }

        /** The code in an OperationOutcome. */
        public String issueType() {
            return issueType;
        }
    }
}
