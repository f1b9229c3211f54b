package allmende.app.identity;

/**
 * Whose pages these are.
 *
 * @param kind portal or site
 * @param name what the party calls itself
 */
public record Party(Kind kind, String name) {

    /** What a party can be. */
    public enum Kind {
        /** Asks. */
        PORTAL,
        /** Answers. */
        SITE
    }

    /** Whether this is a portal. */
    public boolean portal() {
        return kind == Kind.PORTAL;
    }
}
