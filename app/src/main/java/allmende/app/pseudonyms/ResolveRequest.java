package allmende.app.pseudonyms;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish to learn the originals of some pseudonyms.
 *
 * @param id by which it is called
 * @param domain name of the domain
 * @param pseudonyms whose originals are wanted
 * @param purpose why, as the one who asks says
 * @param askedBy who asks
 * @param askedAt when
 * @param machine program that may resolve in their stead; null for none
 * @param state what became of it
 * @param decision by whom and how it was decided; null while it waits
 */
public record ResolveRequest(
        String id,
        String domain,
        List<String> pseudonyms,
        String purpose,
        String askedBy,
        Instant askedAt,
        @Nullable String machine,
        State state,
        @Nullable Decision decision) {

    /** Copies the list. */
    public ResolveRequest {
        pseudonyms = List.copyOf(pseudonyms);
    }

    /** What can become of it. */
    public enum State {
        /** It waits for another person. */
        ASKED,
        /** The one who asked may resolve until the grant expires. */
        GRANTED,
        /** It was refused. */
        REFUSED
    }

    /**
     * The other person's decision.
     *
     * @param by who decided
     * @param at when
     * @param expiresAt until when a grant holds; null where it was refused
     * @param reason why it was refused; empty for a grant
     */
    public record Decision(String by, Instant at, @Nullable Instant expiresAt, String reason) {}

    /** Whether it lets somebody resolve at this time. */
    public boolean open(Instant now) {
        return state == State.GRANTED
                && decision != null
                && decision.expiresAt() != null
                && now.isBefore(decision.expiresAt());
    }
}
