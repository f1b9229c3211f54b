package allmende.core.disclosure;

import allmende.core.cohort.Problem;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A place in a JSON document of this package that is being read; complaints are collected and reading goes on with a
 * default.
 *
 * @param node what stands there; null where nothing does
 * @param pointer JSON pointer to it
 * @param problems shared by all places of the document
 */
record Fields(@Nullable JsonNode node, String pointer, List<Problem> problems) {

    /** Reads a document; whatever {@code reader} makes of it counts only if there was no problem. */
    static <T> RulesRead<T> read(byte[] json, Function<Fields, T> reader) {
        return switch (FhirJson.read(json)) {
            case JsonRead.Parsed(JsonNode tree) -> read(tree, reader);
            case JsonRead.Malformed malformed ->
                new RulesRead.Invalid<>(List.of(new Problem("", "This is no JSON: " + malformed + ".")));
        };
    }

    static <T> RulesRead<T> read(JsonNode tree, Function<Fields, T> reader) {
        List<Problem> problems = new ArrayList<>();
        Fields root = new Fields(tree, "", problems);
        if (!tree.isObject()) {
            root.problem("This must be a JSON object.");
        }
        T value = reader.apply(root);
        return problems.isEmpty() ? new RulesRead.Valid<>(value) : new RulesRead.Invalid<>(problems);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    void problem(String message) {
        problems.add(new Problem(pointer, message));
    }

    boolean present() {
        return node != null;
    }

    Fields at(String name) {
        JsonNode value = node == null || !node.isObject() ? null : node.get(name);
        return new Fields(
                value == null || value.isNull() ? null : value,
                pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
                problems);
    }

    /** The names of an object's properties; a complaint where something else stands here. */
    Set<String> names() {
        if (node != null && node.isObject()) {
            return Set.copyOf(node.propertyNames());
        }
        if (node != null) {
            problem("This must be a JSON object.");
        }
        return Set.of();
    }

    void onlyKeys(Set<String> known) {
        for (String name : names()) {
            if (!known.contains(name)) {
                at(name).problem("Unknown key; known here: "
                        + String.join(", ", known.stream().sorted().toList()) + ".");
            }
        }
    }

    List<Fields> items() {
        List<Fields> items = new ArrayList<>();
        if (node != null && node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                items.add(new Fields(node.get(i), pointer + "/" + i, problems));
            }
        } else if (node != null) {
            problem("This must be a JSON array.");
        }
        return items;
    }

    String text() {
        if (node != null && node.isString()) {
            return node.stringValue();
        }
        problem(node == null ? "This text is missing." : "This must be text in quotation marks.");
        return "";
    }

    long whole(long least, long most) {
        BigDecimal number = node == null || !node.isNumber() ? null : node.decimalValue();
        if (number != null
                && Math.abs((long) number.scale()) < 40
                && number.stripTrailingZeros().scale() <= 0
                && number.compareTo(BigDecimal.valueOf(least)) >= 0
                && number.compareTo(BigDecimal.valueOf(most)) <= 0) {
            return number.longValueExact();
        }
        problem("This must be a whole number from " + least + " to " + most + ".");
        return least;
    }

    double number(double least, double most) {
        if (node != null && node.isNumber()) {
            double number = node.doubleValue();
            if (number >= least && number <= most) {
                return number;
            }
        }
        problem("This must be a number from " + least + " to " + most + ".");
        return least;
    }

    boolean flag() {
        if (node != null && node.isBoolean()) {
            return node.booleanValue();
        }
        problem("This must be true or false.");
        return false;
    }

    /** The constant of this name, in any case; complains and gives the first one otherwise. */
    <E extends Enum<E>> E constant(E[] values) {
        String text = node != null && node.isString() ? node.stringValue() : "";
        Optional<E> named = List.of(values).stream()
                .filter(value -> value.name().equalsIgnoreCase(text.replace('-', '_')))
                .findFirst();
        if (named.isEmpty()) {
            problem("This must be one of " + List.of(values) + ".");
        }
        return named.orElse(values[0]);
    }
}
