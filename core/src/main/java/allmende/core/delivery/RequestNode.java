package allmende.core.delivery;

import allmende.core.extraction.Attribute;
import allmende.core.extraction.AttributeGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The elements that a group asks for, as a tree. */
final class RequestNode {

    /** What every table shows by its keys, or what never stands in a table. */
    private static final Set<String> STANDARD =
            Set.of("id", "meta", "subject", "patient", "text", "contained", "language", "implicitRules");

    private final String id;
    private final String segment;
    private boolean whole;
    private final Map<String, RequestNode> children = new LinkedHashMap<>();

    private RequestNode(String id, String segment) {
        this.id = id;
        this.segment = segment;
    }

    /** The tree of a group, below the type. */
    static RequestNode of(AttributeGroup group, String type) {
        RequestNode root = new RequestNode(type, type);
        for (Attribute attribute : group.attributes()) {
            List<String> segments = List.of(attribute.element().split("\\."));
            if (segments.size() > 1 && !STANDARD.contains(segments.get(1))) {
                root.add(segments.subList(1, segments.size()));
            }
        }
        return root;
    }

    private void add(List<String> segments) {
        RequestNode node = this;
        for (String segment : segments) {
            String below = node.id + "." + segment;
            node = node.children.computeIfAbsent(segment, name -> new RequestNode(below, name));
        }
        node.whole = true;
    }

    /** Id of the element. */
    String id() {
        return id;
    }

    /** The element's name, without its slice. */
    String name() {
        int colon = segment.indexOf(':');
        return colon < 0 ? segment : segment.substring(0, colon);
    }

    /** The slice's name; empty if none is meant. */
    String slice() {
        int colon = segment.indexOf(':');
        return colon < 0 ? "" : segment.substring(colon + 1);
    }

    /** Whether all of the element is asked for. */
    boolean whole() {
        return whole;
    }

    List<RequestNode> children() {
        return List.copyOf(children.values());
    }
}
