package allmende.core.document;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes members of an object without moving the others. */
final class Members {

    private Members() {}

    /** Gives the member another name in its place. */
    static void rename(ObjectNode node, String from, String to) {
        Map<String, JsonNode> members = take(node);
        members.forEach((name, value) -> node.set(name.equals(from) ? to : name, value));
    }

    /** Puts a member before all others. */
    static void putFirst(ObjectNode node, String name, JsonNode value) {
        Map<String, JsonNode> members = take(node);
        node.set(name, value);
        members.forEach((other, member) -> {
            if (!other.equals(name)) {
                node.set(other, member);
            }
        });
    }

    private static Map<String, JsonNode> take(ObjectNode node) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        node.forEachEntry(members::put);
        node.removeAll();
        return members;
    }

    /** A member's pointer (RFC 6901). */
    static String pointer(String parent, String name) {
        return parent + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
