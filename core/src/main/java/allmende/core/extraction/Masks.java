package allmende.core.extraction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Masks what a profile requires and a reduced resource lacks. */
final class Masks {

    private static final String CHOICE = "[x]";

    private final List<RequiredElement> elements;
    private final Map<List<String>, List<Slice>> slices = new HashMap<>();

    Masks(ProfileShape shape) {
        this.elements = shape.required();
        shape.slices().forEach((path, known) -> {
            List<Slice> required = known.stream()
                    .filter(slice -> slice.required() && slice.pattern() != null)
                    .toList();
            // of lists inside of slices nothing is masked, as nothing is required there of all items
            if (!required.isEmpty() && path.indexOf(':') < 0) {
                slices.put(List.of(path.split("\\.")), required);
            }
        });
    }

    /** Adds masked elements to a resource that was reduced. */
    void fill(ObjectNode source, ObjectNode reduced) {
        for (RequiredElement element : elements) {
            for (ObjectNode parent : parents(reduced, element.path(), 0)) {
                require(source, parent, element);
            }
        }
        slices.forEach((path, required) -> {
            for (ObjectNode parent : parents(reduced, path, 0)) {
                if (parent.get(path.getLast()) instanceof ArrayNode list) {
                    required.forEach(slice -> require(list, slice));
                }
            }
        });
    }

    private static void require(ObjectNode source, ObjectNode parent, RequiredElement element) {
        String last = element.path().getLast();
        if (!last.endsWith(CHOICE)) {
            if (!parent.has(last) && !parent.has("_" + last)) {
                Masked.set(parent, last, element.types().getFirst(), element.many());
            }
            return;
        }
        String base = last.substring(0, last.length() - CHOICE.length());
        if (concrete(parent, base) == null) {
            // of the type that it had, as far as that can be told
            String there = element.path().size() == 1 ? concrete(source, base) : null;
            String type = there == null ? element.types().getFirst() : typeOf(there.substring(base.length()), element);
            String name = there == null ? base + Character.toUpperCase(type.charAt(0)) + type.substring(1) : there;
            Masked.set(parent, name, type, false);
        }
    }

    private static String typeOf(String suffix, RequiredElement element) {
        for (String type : element.types()) {
            if (type.equalsIgnoreCase(suffix)) {
                return type;
            }
        }
        return suffix;
    }

    private static void require(ArrayNode list, Slice slice) {
        for (JsonNode item : list.values()) {
            if (slice.matches(item) || isStub(item)) {
                return;
            }
        }
        list.add(Masked.element());
    }

    /** The objects that the last element of the path belongs to; masked ones lack nothing. */
    private static List<ObjectNode> parents(JsonNode node, List<String> path, int depth) {
        List<ObjectNode> parents = new ArrayList<>();
        if (node instanceof ArrayNode list) {
            list.values().forEach(item -> parents.addAll(parents(item, path, depth)));
        } else if (node instanceof ObjectNode object && !isStub(object)) {
            if (depth == path.size() - 1) {
                parents.add(object);
            } else {
                String step = path.get(depth);
                String name = step.endsWith(CHOICE)
                        ? concrete(object, step.substring(0, step.length() - CHOICE.length()))
                        : step;
                JsonNode below = name == null ? null : object.get(name);
                if (below != null) {
                    parents.addAll(parents(below, path, depth + 1));
                }
            }
        }
        return parents;
    }

    private static @Nullable String concrete(ObjectNode object, String base) {
        for (String name : object.propertyNames()) {
            String plain = name.startsWith("_") ? name.substring(1) : name;
            if (plain.length() > base.length()
                    && plain.startsWith(base)
                    && Character.isUpperCase(plain.charAt(base.length()))) {
                return plain;
            }
        }
        return null;
    }

    private static boolean isStub(JsonNode node) {
        return node.isObject() && node.size() == 1 && node.has("extension");
    }
}
