package allmende.app.federation.trust;

import allmende.app.federation.PartyId;
import org.jspecify.annotations.Nullable;

/** How a key stands with somebody who has to believe it. */
public sealed interface Standing {

    /**
     * The key of a party that takes part.
     *
     * @param certificate SHA-256 thumbprint of the client certificate that the party must show, 64 hexadecimal digits; null
     *     if it need not show one
     */
    record Trusted(
            PartyId party, VerifyingKey key, @Nullable String certificate) implements Standing {}

    /** The key of a party that takes part no more. */
    record Revoked() implements Standing {}

    /** Nobody's key. */
    record Unknown() implements Standing {}
}
