package allmende.app.federation;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** Is told what the sites publish. */
@FunctionalInterface
public interface PublicationListener {

    /**
     * A site has published something. Called at least once for each publication, in the order in which the site published,
     * until it returns without an exception; so it must be idempotent. Publications are kept until a listener took them.
     *
     * @param at when it arrived, by the portal's clock
     */
    void published(PartyId site, TaskKind kind, JsonNode content, Instant at);
}
