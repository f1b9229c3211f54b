package allmende.app.federation.exchange;

import allmende.app.federation.PartyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A site's request to take part.
 *
 * @param thumbprint of the key that it brings; names the request
 * @param certificate SHA-256 thumbprint of its client certificate; null for none
 */
public record Applied(
        String thumbprint,
        PartyId party,
        String name,
        String key,
        @Nullable String certificate,
        Instant at,
        State state) {

    /** What the portal's admin said. */
    public enum State {
        PENDING,
        ACCEPTED,
        REFUSED,
        REVOKED
    }

    Applied decided(State decision) {
        return new Applied(thumbprint, party, name, key, certificate, at, decision);
    }
}
