package allmende.engine.extract;

import allmende.core.fhir.FhirJson;
import allmende.core.fhir.ResourceKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A resource of a patient while it is decided on. The tree of one of very many resources is not kept but parsed again. */
final class Item {

    private final ResourceKey key;
    private final byte @Nullable [] body;
    private @Nullable ObjectNode tree;
    private final @Nullable Item container;

    /** Nodes of the graph by index of the group, as far as it is of the group, in the order of the groups. */
    private final Map<Integer, Integer> nodes = new LinkedHashMap<>(4);

    private final List<Item> contained = new ArrayList<>(0);

    /** What links lead to: the literal, what it becomes, and the nodes from which and to which it leads; both must live. */
    private final List<Target> targets = new ArrayList<>(2);

    record Target(String literal, String written, int from, int to) {}

    Item(ResourceKey key, byte[] body, boolean keep) {
        this.key = key;
        this.body = body;
        this.container = null;
        this.tree = keep ? parse(body) : null;
    }

    /** A resource contained in another. */
    Item(ResourceKey key, ObjectNode tree, Item container) {
        this.key = key;
        this.body = null;
        this.tree = tree;
        this.container = container;
    }

    private static ObjectNode parse(byte[] body) {
        return (ObjectNode) FhirJson.parse(body);
    }

    ResourceKey key() {
        return key;
    }

    ObjectNode tree() {
        ObjectNode known = tree;
        if (known != null) {
            return known;
        }
        if (body == null) {
            throw new IllegalStateException("a contained resource has its tree");
        }
        return parse(body);
    }

    /** Gives the tree free once it is no longer needed. */
    void forget() {
        if (body != null) {
            tree = null;
        }
    }

    /** What it is contained in, or else itself. */
    Item root() {
        return container == null ? this : container;
    }

    boolean isContained() {
        return container != null;
    }

    Map<Integer, Integer> nodes() {
        return nodes;
    }

    List<Item> contained() {
        return contained;
    }

    List<Target> targets() {
        return targets;
    }

    /** Groups of which it is handed out. */
    SortedSet<Integer> living(boolean[] lives) {
        TreeSet<Integer> groups = new TreeSet<>();
        nodes.forEach((group, node) -> {
            if (lives[node]) {
                groups.add(group);
            }
        });
        return groups;
    }
}
