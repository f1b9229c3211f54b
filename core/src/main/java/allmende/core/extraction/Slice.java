package allmende.core.extraction;

import allmende.core.terminology.Terminology;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A slice of a list of elements, as a profile names it.
 *
 * @param name the slice's name
 * @param pattern what an item of the slice has in it; null where that can't be told by looking at the item
 * @param required whether the profile requires an item of the slice
 */
public record Slice(String name, @Nullable JsonNode pattern, boolean required) {

    /** Whether an item is of this slice; false where that can't be told. */
    boolean matches(JsonNode item) {
        return pattern != null && contains(item, pattern);
    }

    /** Whether a value has all that the pattern has: members of objects, items of lists (FHIR R4, pattern[x]). */
    private static boolean contains(@Nullable JsonNode value, JsonNode pattern) {
        if (value == null) {
            return false;
        }
        if (value.isArray()) {
            return pattern.isArray() ? containsAll(value, pattern) : containsOne(value, pattern);
        }
        if (pattern.isObject()) {
            for (Map.Entry<String, JsonNode> member : pattern.properties()) {
                JsonNode there = value.get(member.getKey());
                if (member.getKey().equals("system")
                        ? !sameSystem(there, member.getValue())
                        : !contains(there, member.getValue())) {
                    return false;
                }
            }
            return value.isObject();
        }
        return value.equals(pattern);
    }

    private static boolean containsAll(JsonNode items, JsonNode patterns) {
        for (JsonNode pattern : patterns.values()) {
            if (!containsOne(items, pattern)) {
                return false;
            }
        }
        return true;
    }

    private static boolean containsOne(JsonNode items, JsonNode pattern) {
        for (JsonNode item : items.values()) {
            if (contains(item, pattern)) {
                return true;
            }
        }
        return false;
    }

    /** Data may name a code system by its former address. */
    private static boolean sameSystem(@Nullable JsonNode there, JsonNode pattern) {
        return there != null
                && there.isString()
                && pattern.isString()
                && (there.equals(pattern)
                        || Terminology.canonical(there.stringValue())
                                .equals(Terminology.canonical(pattern.stringValue())));
    }
}
