package allmende.app.federation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A site as its portal sees it.
 *
 * @param name display name, as the site gave it
 * @param fingerprint short form of its key, for comparing over the telephone
 * @param connected whether it holds its connection now
 * @param lastSeen when it last called, as far as this run of the portal knows
 * @param paused whether it says that it refuses all tasks at present
 * @param waiting messages that wait to be fetched by it
 */
public record Member(
        PartyId id,
        String name,
        State state,
        String fingerprint,
        boolean connected,
        @Nullable Instant lastSeen,
        boolean paused,
        int waiting) {

    /** Whether a site takes part. */
    public enum State {
        ENROLLED,
        REVOKED
    }
}
