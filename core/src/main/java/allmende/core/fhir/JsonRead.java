package allmende.core.fhir;

import tools.jackson.databind.JsonNode;

/** The outcome of reading JSON. */
public sealed interface JsonRead {

    /** It is well-formed. */
    record Parsed(JsonNode tree) implements JsonRead {}

    /**
     * It is not.
     *
     * @param code the kind of fault
     * @param reason the fault in words, without any of the content
     * @param line line of the fault from 1; 0 where unknown
     * @param column column of the fault from 1; 0 where unknown
     */
    record Malformed(Code code, String reason, int line, int column) implements JsonRead {

        @Override
        public String toString() {
            return line > 0 ? reason + " (line " + line + ", column " + column + ")" : reason;
        }
    }

    /** Kinds of faults. */
    enum Code {
        EMPTY,
        INVALID_UTF8,
        SYNTAX,
        DUPLICATE_KEY,
        TRAILING_CONTENT,
        TOO_DEEP,
        TOO_LONG
    }
}
