package allmende.core.deident;

import allmende.core.cohort.Problem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * An object of a rule file that is being read; complaints are collected and reading goes on with a default.
 *
 * @param pointer JSON pointer to it
 * @param problems shared by the whole file
 */
record Entry(JsonNode node, String pointer, List<Problem> problems) {

    void problem(String message) {
        problems.add(new Problem(pointer, message));
    }

    void problem(String key, String message) {
        problems.add(new Problem(pointer + "/" + key, message));
    }

    boolean has(String key) {
        return node.has(key);
    }

    void onlyKeys(Set<String> known) {
        for (String key : node.propertyNames()) {
            if (!known.contains(key)) {
                problem(
                        key.replace("~", "~0").replace("/", "~1"),
                        "Unknown key; known here: "
                                + String.join(", ", known.stream().sorted().toList()) + ".");
            }
        }
    }

    /** The object under a key; an empty one where there is none. */
    Entry object(String key, Set<String> known) {
        JsonNode value = node.get(key);
        if (value != null && !value.isObject()) {
            problem(key, "This must be a JSON object.");
        }
        Entry entry = new Entry(
                value != null && value.isObject() ? value : JsonNodeFactory.instance.objectNode(),
                pointer + "/" + key,
                problems);
        entry.onlyKeys(known);
        return entry;
    }

    String text(String key, String usual) {
        JsonNode value = node.get(key);
        if (value == null) {
            return usual;
        }
        if (!value.isString()) {
            problem(key, "This must be text in quotation marks.");
            return usual;
        }
        return value.stringValue();
    }

    String required(String key) {
        if (!has(key)) {
            problem(key, "This text is missing.");
        }
        return text(key, "");
    }

    String oneOf(String key, String usual, String... choices) {
        String text = text(key, usual);
        if (!List.of(choices).contains(text)) {
            problem(key, "This must be one of " + String.join(", ", choices) + ".");
            return usual;
        }
        return text;
    }

    int whole(String key, int least, int most, int usual) {
        if (!has(key)) {
            return usual;
        }
        BigDecimal number = number(key);
        if (number == null
                || number.stripTrailingZeros().scale() > 0
                || number.compareTo(BigDecimal.valueOf(least)) < 0
                || number.compareTo(BigDecimal.valueOf(most)) > 0) {
            problem(key, "This must be a whole number from " + least + " to " + most + ".");
            return usual;
        }
        return number.intValueExact();
    }

    /** The number under a key; null where none stands there that is of a usual size. */
    @Nullable
    BigDecimal number(String key) {
        JsonNode value = node.get(key);
        BigDecimal number = value != null && value.isNumber() ? value.decimalValue() : null;
        boolean usual = number != null && Math.abs(number.scale()) <= 20 && number.precision() <= 20;
        return usual ? number : null;
    }
}
