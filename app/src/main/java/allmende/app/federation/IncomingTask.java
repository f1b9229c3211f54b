package allmende.app.federation;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * A task that arrived at a site.
 *
 * @param id the task's id, the same at all sites and at the portal
 * @param from who asks; its signature has been checked
 * @param input what is asked, as given to {@link Hub#ask}
 * @param sent when it was asked, by the asker's clock
 * @param deadline until when an answer is awaited; later ones still arrive, marked as late
 */
public record IncomingTask(String id, TaskKind kind, PartyId from, JsonNode input, Instant sent, Instant deadline) {}
