package allmende.core.deident;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may leave of the parts of an element, under the rules that have come true on the way to it. */
final class Node {

    /** By JSON property. Filled once while rules are compiled, since types contain each other. */
    private final Map<String, Edge> edges = new HashMap<>();

    private final boolean extension;
    private final boolean entry;

    Node(String type) {
        this.extension = type.equals(R4Types.EXTENSION);
        this.entry = type.equals("Bundle.entry");
    }

    void add(Edge edge) {
        edges.put(edge.property(), edge);
    }

    /** How the property is treated; null if the type has none of this name. */
    @Nullable
    Edge edge(String property) {
        return edges.get(property);
    }

    /** How all its properties are treated. */
    Collection<Edge> edges() {
        return Collections.unmodifiableCollection(edges.values());
    }

    /** Whether it is an extension, whose address says what its value means. */
    boolean isExtension() {
        return extension;
    }

    /** Whether it is an entry of a Bundle, which goes with its resource. */
    boolean isEntry() {
        return entry;
    }
}
