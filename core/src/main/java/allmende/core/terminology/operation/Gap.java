package allmende.core.terminology.operation;

/**
 * Something of a value set that can't be told here.
 *
 * @param system the code system whose codes are concerned; empty for any
 * @param reason a sentence for the one who asks
 */
public record Gap(String system, Kind kind, String reason) {

    /** Kinds of gaps. */
    public enum Kind {
        /** A code system is not here. */
        SYSTEM,
        /** A code system is here, but in other versions. */
        VERSION,
        /** A value set is not here. */
        VALUE_SET,
        /** A rule that this program does not evaluate. */
        UNSUPPORTED,
        /** Evaluating would go beyond a bound. */
        TOO_COSTLY,
        /** The definition contradicts itself. */
        INVALID
    }

    boolean concerns(String uri) {
        return system.isEmpty() || system.equals(uri);
    }
}
