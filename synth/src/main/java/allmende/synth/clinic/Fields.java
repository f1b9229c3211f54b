package allmende.synth.clinic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The fields of an object in a resource file. Every field must be read: one that nobody asks for is a slip of the pen. */
final class Fields {

    private final String place;
    private final JsonNode node;
    private final Set<String> unread = new HashSet<>();

    Fields(String place, JsonNode node) {
        this.place = place;
        this.node = node;
        unread.addAll(node.propertyNames());
    }

    boolean has(String name) {
        return node.has(name);
    }

    String text(String name) {
        JsonNode value = optional(name);
        if (value == null) {
            throw new IllegalStateException(place + ": field " + name + " is missing");
        }
        return value.asString();
    }

    @Nullable
    String textOrNull(String name) {
        JsonNode value = optional(name);
        return value == null ? null : value.asString();
    }

    double number(String name, double otherwise) {
        JsonNode value = optional(name);
        return value == null ? otherwise : value.asDouble();
    }

    int whole(String name, int otherwise) {
        JsonNode value = optional(name);
        return value == null ? otherwise : value.asInt();
    }

    boolean flag(String name) {
        JsonNode value = optional(name);
        return value != null && value.asBoolean();
    }

    /** A pair of numbers; a single number stands for a pair of it. */
    double[] pair(String name, double low, double high) {
        JsonNode value = optional(name);
        if (value == null) {
            return new double[] {low, high};
        }
        return value.isArray()
                ? new double[] {value.get(0).asDouble(), value.get(1).asDouble()}
                : new double[] {value.asDouble(), value.asDouble()};
    }

    /** A list of texts; a single text stands for a list of one. */
    List<String> texts(String name) {
        JsonNode value = optional(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            return List.of(value.asString());
        }
        return value.valueStream().map(JsonNode::asString).toList();
    }

    /** A list of objects, each read completely. */
    <T> List<T> objects(String name, Function<Fields, T> reader) {
        JsonNode value = optional(name);
        List<T> objects = new ArrayList<>();
        if (value != null) {
            for (JsonNode element : value) {
                Fields fields = new Fields(place + "/" + name, element);
                objects.add(reader.apply(fields));
                fields.done();
            }
        }
        return List.copyOf(objects);
    }

    /** The object's entries, for objects whose names are data. */
    Set<Map.Entry<String, JsonNode>> entries(String name) {
        JsonNode value = optional(name);
        return value == null ? Set.of() : value.properties();
    }

    @Nullable
    JsonNode optional(String name) {
        unread.remove(name);
        return node.get(name);
    }

    void done() {
        if (!unread.isEmpty()) {
            throw new IllegalStateException(place + ": unknown fields " + unread);
        }
    }
}
