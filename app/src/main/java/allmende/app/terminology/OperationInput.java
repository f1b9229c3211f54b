package allmende.app.terminology;

import allmende.app.fhirapi.Exchange;
import allmende.app.fhirapi.FhirProblem;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** The parameters of an operation, from the address or from a Parameters resource. */
final class OperationInput {

    /** Largest body in bytes: a large value set or concept map may be sent along. */
    private static final int BODY_MAX = 16 << 20;

    /** Parameters of every request that concern its form alone. */
    private static final Set<String> FORMAL = Set.of("_format", "_pretty", "_summary", "_elements", "mode");

    private final Map<String, List<JsonNode>> values;

    private OperationInput(Map<String, List<JsonNode>> values) {
        this.values = values;
    }

    /**
     * Reads the parameters of a request; those of the address count as well where there is a body.
     *
     * @param known names that the operation understands
     * @throws FhirProblem 400 if the body is no Parameters resource, or a parameter is unknown and the caller has not asked
     *     for lenient handling
     */
    static OperationInput read(Exchange exchange, Set<String> known) throws IOException {
        Map<String, List<JsonNode>> values = new LinkedHashMap<>();
        exchange.request().getParameterMap().forEach((name, texts) -> {
            for (String text : texts) {
                values.computeIfAbsent(name, _ -> new ArrayList<>()).add(StringNode.valueOf(text));
            }
        });
        if (exchange.request().getMethod().equals("POST")) {
            byte[] body = exchange.body(BODY_MAX);
            if (body.length > 0) {
                parameters(body, values);
            }
        }
        if (!"lenient".equals(exchange.prefers("handling"))) {
            for (String name : values.keySet()) {
                if (!known.contains(name) && !FORMAL.contains(name)) {
                    throw FhirProblem.notSupported(
                            "The parameter " + shortened(name) + " is not supported here; these are: "
                                    + String.join(", ", known.stream().sorted().toList())
                                    + ". With the header Prefer: handling=lenient it is passed over.",
                            shortened(name));
                }
            }
        }
        return new OperationInput(values);
    }

    /** The same with one parameter set. */
    OperationInput with(String name, JsonNode value) {
        Map<String, List<JsonNode>> more = new LinkedHashMap<>(values);
        more.put(name, List.of(value));
        return new OperationInput(more);
    }

    private static void parameters(byte[] body, Map<String, List<JsonNode>> values) {
        JsonNode tree =
                switch (FhirJson.read(body)) {
                    case JsonRead.Parsed(JsonNode parsed) -> parsed;
                    case JsonRead.Malformed malformed ->
                        throw FhirProblem.invalid("The body is no JSON: " + malformed + ".");
                };
        if (!tree.path("resourceType").asString("").equals("Parameters")) {
            throw FhirProblem.invalid("The body of an operation is a Parameters resource.", "resourceType");
        }
        for (JsonNode parameter : tree.path("parameter")) {
            String name = parameter.path("name").asString("");
            JsonNode value = value(parameter);
            if (name.isEmpty() || value == null) {
                throw FhirProblem.invalid("A parameter has a name and a value or a resource.", "Parameters.parameter");
            }
            values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
    }

    private static @Nullable JsonNode value(JsonNode parameter) {
        if (parameter.has("resource")) {
            return parameter.get("resource");
        }
        for (Map.Entry<String, JsonNode> member : parameter.properties()) {
            if (member.getKey().startsWith("value")) {
                return member.getValue();
            }
        }
        return parameter.has("part") ? parameter.get("part") : null;
    }

    /** The first value of a parameter; null where it is absent. */
    @Nullable
    JsonNode node(String name) {
        List<JsonNode> all = values.get(name);
        return all == null ? null : all.getFirst();
    }

    /** All values of a parameter. */
    List<JsonNode> nodes(String name) {
        return values.getOrDefault(name, List.of());
    }

    /**
     * A simple value as text; null where it is absent or empty.
     *
     * @throws FhirProblem 400 if the value is no simple one
     */
    @Nullable
    String text(String name) {
        JsonNode node = node(name);
        if (node == null) {
            return null;
        }
        if (node.isContainer()) {
            throw FhirProblem.invalid("The parameter " + name + " has a simple value.", name);
        }
        String text = node.asString("");
        return text.isEmpty() ? null : text;
    }

    /** A text that must be there. */
    String required(String name) {
        String text = text(name);
        if (text == null) {
            throw FhirProblem.of(400, "required", "The parameter " + name + " is missing.", name);
        }
        return text;
    }

    boolean flag(String name, boolean otherwise) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw FhirProblem.invalid("The parameter " + name + " is true or false.", name);
        };
    }

    int number(String name, int otherwise) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException told) {
            // told below as well
        }
        throw FhirProblem.invalid("The parameter " + name + " is a whole number from 0.", name);
    }

    /** A resource of this type that was sent along; null where there is none. */
    @Nullable
    JsonNode resource(String name, String type) {
        JsonNode node = node(name);
        if (node != null && !node.path("resourceType").asString("").equals(type)) {
            throw FhirProblem.invalid("The parameter " + name + " is a " + type + " resource.", name);
        }
        return node;
    }

    private static String shortened(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_.:-]", "?");
        return plain.length() > 40 ? plain.substring(0, 40) + "…" : plain;
    }
}
