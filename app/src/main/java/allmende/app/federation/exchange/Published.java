package allmende.app.federation.exchange;

import allmende.app.federation.PartyId;
import allmende.app.federation.TaskKind;
import java.time.Instant;

/**
 * A publication that no listener took yet.
 *
 * @param number its place among the site's messages
 * @param body the publishing Task
 */
public record Published(PartyId site, long number, TaskKind kind, String body, Instant at) {}
