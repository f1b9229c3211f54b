package allmende.core.path;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The children of elements by their names, choices and extensions of primitive elements included. */
final class Children {

    private static final JsonNode NO_VALUE = JsonNodeFactory.instance.nullNode();

    private Children() {}

    /** The children of this name of all these, in order. */
    static List<Item> of(List<Item> parents, String name) {
        if (parents.isEmpty()) {
            return parents;
        }
        List<Item> found = new ArrayList<>(2);
        for (Item parent : parents) {
            if (parent instanceof Item.Element element) {
                add(element, name, found);
            }
        }
        return found;
    }

    private static void add(Item.Element parent, String name, List<Item> found) {
        JsonNode json = parent.json();
        if (!json.isObject()) {
            if (parent.beside() != null) {
                add(Item.Element.of(parent.beside()), name, found);
            }
            return;
        }
        JsonNode value = json.get(name);
        JsonNode beside = json.get("_" + name);
        if (value != null || beside != null) {
            each(value, beside, TypeNames.ofElement(name), found);
        } else if (ChoiceTypes.isChoice(name)) {
            choice(json, name, found);
        }
    }

    /** A choice element occurs in one type at most. */
    private static void choice(JsonNode json, String name, List<Item> found) {
        for (Map.Entry<String, JsonNode> property : json.properties()) {
            String key = property.getKey();
            boolean isBeside = key.startsWith("_");
            String plain = isBeside ? key.substring(1) : key;
            if (ChoiceTypes.holds(plain, name)) {
                String type = ChoiceTypes.written(plain.substring(name.length()));
                each(json.get(plain), json.get("_" + plain), type, found);
                return;
            }
        }
    }

    private static void each(
            @Nullable JsonNode value, @Nullable JsonNode beside, @Nullable String type, List<Item> found) {
        if ((value == null || !value.isArray()) && (beside == null || !beside.isArray())) {
            one(value, beside, type, found);
            return;
        }
        int size = Math.max(value == null ? 0 : value.size(), beside == null ? 0 : beside.size());
        for (int i = 0; i < size; i++) {
            one(value == null ? null : value.get(i), beside == null ? null : beside.get(i), type, found);
        }
    }

    private static void one(
            @Nullable JsonNode value, @Nullable JsonNode beside, @Nullable String type, List<Item> found) {
        JsonNode kept = beside == null || beside.isNull() ? null : beside;
        if (value != null && !value.isNull()) {
            found.add(new Item.Element(value, type, kept));
        } else if (kept != null) {
            found.add(new Item.Element(NO_VALUE, type, kept));
        }
    }

    /** The extensions with this URL. */
    static List<Item> extensions(List<Item> parents, String url) {
        List<Item> found = new ArrayList<>(1);
        for (Item extension : of(parents, "extension")) {
            if (extension instanceof Item.Element(JsonNode json, var _, var _)
                    && json.path("url").stringValue("").equals(url)) {
                found.add(extension);
            }
        }
        return found;
    }
}
