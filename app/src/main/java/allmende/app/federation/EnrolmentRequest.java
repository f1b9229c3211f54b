package allmende.app.federation;

import java.time.Instant;

/**
 * A site's wish to take part, proven to come from the holder of the key; who that is, people find out by comparing the
 * fingerprint.
 *
 * @param id names the request
 * @param party the name that the site wishes to have
 * @param name its display name, as it says
 * @param fingerprint what the site's engineer sees too, for example {@code K7QF-2M9T-XWPA-R4HD-E6ZB-N3CJ}
 * @param at when it arrived
 */
public record EnrolmentRequest(String id, PartyId party, String name, String fingerprint, Instant at) {}
