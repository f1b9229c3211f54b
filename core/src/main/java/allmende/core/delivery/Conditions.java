package allmende.core.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** FHIRPath conditions from the patterns and fixed values of profiles. */
final class Conditions {

    private Conditions() {}

    /** A text as a literal. */
    static String text(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** Holds for elements that have at least what the pattern has; empty for a pattern that says nothing. */
    static String matching(JsonNode pattern) {
        if (!pattern.isObject()) {
            return "$this = " + literal(pattern);
        }
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : pattern.properties()) {
            parts.addAll(property(property.getKey(), property.getValue()));
        }
        return String.join(" and ", parts);
    }

    /** Holds for elements in which the path finds what matches the pattern. */
    static String at(String path, JsonNode pattern) {
        if (path.equals("$this")) {
            return matching(pattern);
        }
        return pattern.isObject()
                ? path + ".where(" + matching(pattern) + ").exists()"
                : path + " = " + literal(pattern);
    }

    private static List<String> property(String name, JsonNode value) {
        List<String> parts = new ArrayList<>();
        if (value.isArray()) {
            value.values().forEach(item -> parts.add(name + ".where(" + matching(item) + ").exists()"));
        } else if (value.isObject()) {
            parts.add(name + ".where(" + matching(value) + ").exists()");
        } else {
            parts.add(name + " = " + literal(value));
        }
        return parts;
    }

    private static String literal(JsonNode value) {
        return value.isString() ? text(value.stringValue()) : value.toString();
    }
}
