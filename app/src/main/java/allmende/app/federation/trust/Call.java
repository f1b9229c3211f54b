package allmende.app.federation.trust;

import allmende.app.federation.PartyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a site signs when it asks its portal for messages.
 *
 * @param after number of the last message that it has taken from the portal
 * @param directory version of the portal's list of parties that it knows; 0 for none
 * @param paused whether it refuses all tasks at present
 * @param run the portal's run that it speaks to; empty if it does not know it yet
 * @param count rises from call to call within a run, so that no call counts twice
 */
public record Call(
        PartyId from, PartyId to, long after, long directory, boolean paused, String run, long count, Instant at) {

    /** Signs the call. */
    public String seal(SigningKey key) {
        ObjectNode node = Jws.JSON.createObjectNode();
        node.put("from", from.value());
        node.put("to", to.value());
        node.put("after", after);
        node.put("directory", directory);
        node.put("paused", paused);
        node.put("run", run);
        node.put("count", count);
        node.put("at", at.toEpochMilli());
        return Jws.sign(key, Jws.Use.POLL, node);
    }

    static @Nullable Call read(JsonNode node) {
        try {
            return new Call(
                    new PartyId(Claims.text(node, "from")),
                    new PartyId(Claims.text(node, "to")),
                    Claims.number(node, "after"),
                    Claims.number(node, "directory"),
                    node.path("paused").asBoolean(false),
                    node.path("run").asString(""),
                    Claims.number(node, "count"),
                    Instant.ofEpochMilli(Claims.number(node, "at")));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
