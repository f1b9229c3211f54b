package allmende.app.federation.exchange;

import allmende.app.federation.PartyId;
import allmende.app.federation.trust.KeyReader;
import allmende.app.federation.trust.SigningKey;

/**
 * The party whose messages these are.
 *
 * @param name display name
 * @param key its own key pair
 * @param reader reads others' keys
 */
public record Self(PartyId id, String name, SigningKey key, KeyReader reader) {}
