package allmende.app.terminology;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds the Parameters resource that an operation answers with. */
final class Answer {

    private final ObjectNode resource = JsonNodeFactory.instance.objectNode();
    private final ArrayNode parameters;

    Answer() {
        resource.put("resourceType", "Parameters");
        parameters = resource.putArray("parameter");
    }

    Answer text(String name, String type, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            parameters.addObject().put("name", name).put(type, value);
        }
        return this;
    }

    Answer flag(String name, boolean value) {
        parameters.addObject().put("name", name).put("valueBoolean", value);
        return this;
    }

    Answer resource(String name, JsonNode value) {
        parameters.addObject().put("name", name).set("resource", value);
        return this;
    }

    /** A number, unless it is the one that says nothing. */
    Answer number(String name, int value, int nothing) {
        if (value != nothing) {
            parameters.addObject().put("name", name).put("valueInteger", value);
        }
        return this;
    }

    /** A parameter with parts, which the caller adds to it. */
    ArrayNode parts(String name) {
        return parameters.addObject().put("name", name).putArray("part");
    }

    static void part(ArrayNode parts, String name, String type, String value) {
        if (!value.isEmpty()) {
            parts.addObject().put("name", name).put(type, value);
        }
    }

    static void part(ArrayNode parts, String name, String type, JsonNode value) {
        parts.addObject().put("name", name).set(type, value);
    }

    static ObjectNode coding(String system, String code, String display) {
        ObjectNode coding = JsonNodeFactory.instance.objectNode();
        if (!system.isEmpty()) {
            coding.put("system", system);
        }
        coding.put("code", code);
        if (!display.isEmpty()) {
            coding.put("display", display);
        }
        return coding;
    }

    JsonNode toJson() {
        return resource;
    }
}
