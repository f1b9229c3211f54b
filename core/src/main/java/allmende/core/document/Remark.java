package allmende.core.document;

/**
 * Something worth knowing about a document that was read; no error.
 *
 * @param pointer JSON pointer (RFC 6901) to the place
 * @param subject the name of the member, or the version, that the remark is about
 */
public record Remark(Kind kind, String pointer, String subject) {

    /** Kinds of remarks. */
    public enum Kind {
        /** A member that no version of the format knows. It is kept, and has no effect. */
        UNKNOWN_MEMBER,
        /** The document asks for something beyond the format, by this program's own extension. */
        EXTENSION,
        /** The document names an older version of its format. */
        OLD_VERSION,
        /** The document names no version. */
        NO_VERSION,
        /** A member has the name, or a value the spelling, of an older version. */
        OLD_NAME,
        /** A single object stands where a list belongs. */
        NOT_A_LIST,
        /** A member that the newest version asks for is missing. */
        MISSING_MEMBER
    }
}
