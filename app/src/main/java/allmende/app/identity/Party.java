package allmende.app.identity;

import org.jspecify.annotations.Nullable;

/**
 * Whose pages these are.
 *
 * @param kind portal or site
 * @param name what the party calls itself; empty where it has said nothing
 * @param contact whom to write to about the pages: a mail address or a web address; null where nobody is named
 */
public record Party(Kind kind, String name, @Nullable String contact) {

    /** What a party can be. */
    public enum Kind {
        /** Asks. */
        PORTAL,
        /** Answers. */
        SITE
    }

    /** The contact as the target of a link; null where there is none. */
    public @Nullable String contactLink() {
        if (contact == null || contact.startsWith("https://") || contact.startsWith("http://")) {
            return contact;
        }
        return "mailto:" + contact;
    }

    /** Whether this is a portal. */
    public boolean portal() {
        return kind == Kind.PORTAL;
    }
}
