package allmende.app.federation.trust;

import allmende.app.federation.PartyId;
import allmende.app.federation.TaskKind;
import allmende.core.digest.Sha256;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a sender signs about a message.
 *
 * @param id the message's own id, the same at each attempt to deliver it
 * @param task the task that it belongs to
 * @param number of the message, rising from message to message between these two parties
 * @param previous number after which, as the sender says, there is nothing before this message
 * @param at when this attempt was signed
 * @param bodyHash SHA-256 of the body's UTF-8 bytes, base64url
 */
public record Claims(
        String id,
        PartyId from,
        PartyId to,
        Act act,
        TaskKind kind,
        String task,
        long number,
        long previous,
        Instant at,
        String bodyHash) {

    private static final int TEXT_MAX = 100;

    /** SHA-256 of a body as it is signed. */
    public static String hash(String body) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(body));
    }

    /** Whether this is the body that was signed. */
    public boolean covers(String body) {
        return hash(body).equals(bodyHash);
    }

    ObjectNode write() {
        ObjectNode node = Jws.JSON.createObjectNode();
        node.put("id", id);
        node.put("from", from.value());
        node.put("to", to.value());
        node.put("act", act.name());
        node.put("kind", kind.name());
        node.put("task", task);
        node.put("number", number);
        node.put("previous", previous);
        node.put("at", at.toEpochMilli());
        node.put("hash", bodyHash);
        return node;
    }

    static @Nullable Claims read(JsonNode node) {
        try {
            return new Claims(
                    text(node, "id"),
                    new PartyId(text(node, "from")),
                    new PartyId(text(node, "to")),
                    Act.valueOf(text(node, "act")),
                    TaskKind.valueOf(text(node, "kind")),
                    text(node, "task"),
                    number(node, "number"),
                    number(node, "previous"),
                    Instant.ofEpochMilli(number(node, "at")),
                    text(node, "hash"));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static String text(JsonNode node, String name) {
        String text = node.path(name).asString("");
        if (text.isEmpty() || text.length() > TEXT_MAX) {
            throw new IllegalArgumentException(name);
        }
        return text;
    }

    static long number(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
            throw new IllegalArgumentException(name);
        }
        return value.asLong();
    }
}
