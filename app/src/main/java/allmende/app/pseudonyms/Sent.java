package allmende.app.pseudonyms;

import allmende.app.fhirapi.FhirProblem;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of an operation as they were sent. */
final class Sent {

    private static final String STRING = "valueString";
    private static final String IDENTIFIER = "valueIdentifier";

    private final Map<String, List<JsonNode>> byName;

    private Sent(Map<String, List<JsonNode>> byName) {
        this.byName = byName;
    }

    /**
     * A text or an Identifier.
     *
     * @param name under which name it was sent
     * @param text the text, or the value of the Identifier
     * @param element the whole parameter, to be sent back as it came
     */
    record Value(String name, String text, JsonNode element) {

        private boolean identifier() {
            return element.has(IDENTIFIER);
        }

        /** Adds it to a list of parameters as it came. */
        void echo(ObjectNode parameter) {
            parameter.put("name", name);
            String member = identifier() ? IDENTIFIER : STRING;
            parameter.set(member, element.path(member));
        }
    }

    /**
     * Reads a body.
     *
     * @throws FhirProblem 400 if it is no Parameters resource
     */
    static JsonNode resource(byte[] body, String type) {
        JsonNode tree =
                switch (FhirJson.read(body)) {
                    case JsonRead.Parsed(JsonNode parsed) -> parsed;
                    case JsonRead.Malformed _ -> throw FhirProblem.invalid("The body is no JSON.");
                };
        if (!tree.path("resourceType").asString("").equals(type)) {
            throw FhirProblem.invalid("The body is a " + type + " resource.", "resourceType");
        }
        return tree;
    }

    /**
     * Reads a Parameters resource.
     *
     * @throws FhirProblem 400 if it is none
     */
    static Sent of(JsonNode parameters) {
        if (!parameters.path("resourceType").asString("").equals("Parameters")) {
            throw FhirProblem.invalid("An operation gets a Parameters resource.", "resourceType");
        }
        return new Sent(byName(parameters.path("parameter")));
    }

    /**
     * The one value of this name, or of its older name.
     *
     * @throws FhirProblem 400 if there is none, or more than one
     */
    Value one(String name, String older) {
        List<JsonNode> found = byName.getOrDefault(byName.containsKey(name) ? name : older, List.of());
        if (found.size() != 1) {
            throw FhirProblem.of(
                    400,
                    found.isEmpty() ? "required" : "invalid",
                    "The parameter " + name + " comes once, as a string or an Identifier with a value.",
                    "Parameters.parameter.where(name='" + name + "')");
        }
        return value(found.getFirst(), name);
    }

    Value one(String name) {
        return one(name, name);
    }

    /**
     * All values of this name.
     *
     * @throws FhirProblem 400 if there is none
     */
    List<Value> all(String name, int max) {
        List<JsonNode> found = byName.getOrDefault(name, List.of());
        if (found.isEmpty()) {
            throw FhirProblem.of(400, "required", "The parameter " + name + " is missing.");
        }
        if (found.size() > max) {
            throw FhirProblem.tooLarge("At most " + max + " values are taken at once.");
        }
        return found.stream().map(parameter -> value(parameter, name)).toList();
    }

    /**
     * All parameters of this name that have parts, each as if its parts had been sent alone.
     *
     * @throws FhirProblem 400 if there is none, 413 if there are too many
     */
    List<Sent> groups(String name, int max) {
        List<JsonNode> found = byName.getOrDefault(name, List.of());
        if (found.isEmpty()) {
            throw FhirProblem.of(400, "required", "The parameter " + name + " is missing.");
        }
        if (found.size() > max) {
            throw FhirProblem.tooLarge("At most " + max + " values are taken at once.");
        }
        return found.stream()
                .map(parameter -> new Sent(byName(parameter.path("part"))))
                .toList();
    }

    private static Map<String, List<JsonNode>> byName(JsonNode list) {
        Map<String, List<JsonNode>> byName = new LinkedHashMap<>();
        for (JsonNode parameter : list) {
            byName.computeIfAbsent(parameter.path("name").asString(""), _ -> new ArrayList<>())
                    .add(parameter);
        }
        return byName;
    }

    private static Value value(JsonNode parameter, String name) {
        JsonNode value = parameter.has(IDENTIFIER) ? parameter.path(IDENTIFIER).path("value") : parameter.path(STRING);
        if (!value.isString() || value.stringValue().isEmpty()) {
            throw FhirProblem.invalid(
                    "The parameter " + name + " is a string, or an Identifier with a value.",
                    "Parameters.parameter.where(name='" + name + "')");
        }
        return new Value(parameter.path("name").asString(name), value.stringValue(), parameter);
    }

    /**
     * A whole number from 0 to a maximum.
     *
     * @throws FhirProblem 400 if it is none
     */
    int number(String name, int max) {
        JsonNode value = value(name);
        for (String type : List.of("valueInteger", "valueUnsignedInt", "valuePositiveInt")) {
            JsonNode number = value == null ? null : value.get(type);
            if (number != null && number.canConvertToInt() && number.asInt() >= 0 && number.asInt() <= max) {
                return number.asInt();
            }
        }
        throw FhirProblem.invalid(
                "The parameter " + name + " is a whole number from 0 to " + max + ".",
                "Parameters.parameter.where(name='" + name + "')");
    }

    /** Whether a flag is set that is set where nothing is said. */
    boolean isNotFalse(String name) {
        JsonNode value = value(name);
        return value == null || value.path("valueBoolean").asBoolean(true);
    }

    private @Nullable JsonNode value(String name) {
        List<JsonNode> found = byName.get(name);
        return found == null ? null : found.getFirst();
    }
}
