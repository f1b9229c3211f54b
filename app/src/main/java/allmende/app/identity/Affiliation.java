package allmende.app.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a person says to work, and what the coordination office says about it.
 *
 * @param account number of the account
 * @param name name of the account
 * @param displayName what others see
 * @param email address that the person gave
 * @param institution where the person says to work
 * @param state what the office has decided
 * @param reason why it refused; null for none
 * @param by name of the account that decided; null while nobody has
 * @param since when the account was made
 */
public record Affiliation(
        long account,
        String name,
        String displayName,
        String email,
        String institution,
        State state,
        @Nullable String reason,
        @Nullable String by,
        Instant since) {

    /** What the coordination office has decided. */
    public enum State {
        /** Nothing yet. */
        OPEN,
        CONFIRMED,
        REFUSED
    }
}
