package allmende.app.federation.exchange;

import allmende.app.federation.PartyId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with whom messages are exchanged.
 *
 * @param key public key, a JWK
 * @param certificate SHA-256 thumbprint of the client certificate that it must show; null for none
 */
public record Party(
        PartyId id,
        String name,
        String key,
        String thumbprint,
        @Nullable String certificate,
        boolean revoked) {

    Party end() {
        return new Party(id, name, key, thumbprint, certificate, true);
    }
}
