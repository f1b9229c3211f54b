package allmende.core.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds and rewrites the literal references of a resource or of any part of it, contained resources included. */
public final class References {

    private static final String REFERENCE = "reference";
    private static final String URL = "url";

    private References() {}

    /** All literal references in document order, repeated ones repeatedly. */
    public static List<Reference> collect(JsonNode tree) {
        List<Reference> found = new ArrayList<>();
        forEachLiteral(tree, literal -> found.add(Reference.parse(literal)));
        return found;
    }

    /** Hands over each {@code Reference.reference} as written. */
    public static void forEachLiteral(JsonNode tree, Consumer<String> action) {
        if (tree.isObject()) {
            for (Map.Entry<String, JsonNode> property : tree.properties()) {
                JsonNode value = property.getValue();
                if (value.isContainer()) {
                    forEachLiteral(value, action);
                } else if (value.isString() && property.getKey().equals(REFERENCE)) {
                    action.accept(value.stringValue());
                }
            }
        } else if (tree.isArray()) {
            for (JsonNode element : tree.values()) {
                forEachLiteral(element, action);
            }
        }
    }

    /**
     * Replaces references in place: each {@code Reference.reference}, and each {@code url} that is a {@code urn:uuid:} or
     * {@code urn:oid:} (an attachment that is another entry of the bundle; FHIR R4, section 3.1.0.11.2).
     *
     * @param target the new literal for a literal; null leaves it as it is
     * @return whether anything changed
     */
    public static boolean rewrite(JsonNode tree, Function<String, @Nullable String> target) {
        boolean changed = false;
        if (tree instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> property : object.properties()) {
                JsonNode value = property.getValue();
                if (value.isContainer()) {
                    changed |= rewrite(value, target);
                } else if (value.isString() && isLink(property.getKey(), value.stringValue())) {
                    String literal = target.apply(value.stringValue());
                    if (literal != null && !literal.equals(value.stringValue())) {
                        property.setValue(object.stringNode(literal));
                        changed = true;
                    }
                }
            }
        } else if (tree.isArray()) {
            for (JsonNode element : tree.values()) {
                changed |= rewrite(element, target);
            }
        }
        return changed;
    }

    private static boolean isLink(String name, String value) {
        return name.equals(REFERENCE)
                || (name.equals(URL) && (value.startsWith("urn:uuid:") || value.startsWith("urn:oid:")));
    }
}
