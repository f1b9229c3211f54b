package allmende.app.federation.exchange;

import allmende.app.federation.PartyId;
import java.time.Instant;

/**
 * A site's outcome that no listener took yet.
 *
 * @param body the answering Task
 */
public record Answered(String task, PartyId site, String body, Instant at, boolean late) {}
