package allmende.core.document;

import allmende.core.fhir.FhirJson;
import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps numbers as their author wrote them. A tree keeps their value and precision, but would write {@code 1e3} as
 * {@code 1E+3} and {@code -0} as {@code 0}; such numbers get a node that remembers their text.
 */
final class LosslessNumbers {

    private LosslessNumbers() {}

    /** The tree of the document, which was read from {@code json}, with such nodes in it. */
    static ObjectNode restore(ObjectNode root, byte[] json) {
        if (!mayDiffer(json)) {
            return root;
        }
        try (JsonParser parser = FhirJson.mapper().createParser(json)) {
            parser.nextToken();
            return object(root, parser);
        }
    }

    /** Exponents and negative zeros need one of these; nearly no document has them. */
    private static boolean mayDiffer(byte[] json) {
        for (int index = 1; index < json.length; index++) {
            boolean digitBefore = json[index - 1] >= '0' && json[index - 1] <= '9';
            boolean exponent = digitBefore && (json[index] == 'e' || json[index] == 'E');
            boolean negativeZero = json[index - 1] == '-' && json[index] == '0';
            boolean tiny = json[index - 1] == '0' && json[index] == '.';
            if (exponent || negativeZero || tiny) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode object(ObjectNode node, JsonParser parser) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            node.set(name, value(node.path(name), token, parser));
        }
        return node;
    }

    private static ArrayNode array(ArrayNode node, JsonParser parser) {
        int index = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            node.set(index, value(node.path(index), token, parser));
            index++;
        }
        return node;
    }

    private static JsonNode value(JsonNode value, JsonToken token, JsonParser parser) {
        return switch (value) {
            case ObjectNode object -> object(object, parser);
            case ArrayNode array -> array(array, parser);
            default -> token.isNumeric() ? number(value, parser.getString()) : value;
        };
    }

    private static JsonNode number(JsonNode value, String written) {
        return written.equals(value.asString()) ? value : new Written(new BigDecimal(written), written);
    }

    /** Writes the tree, these numbers in their own text. */
    static void write(JsonNode node, JsonGenerator generator) {
        switch (node) {
            case ObjectNode object -> {
                generator.writeStartObject();
                object.forEachEntry((name, value) -> {
                    generator.writeName(name);
                    write(value, generator);
                });
                generator.writeEndObject();
            }
            case ArrayNode array -> {
                generator.writeStartArray();
                array.forEach(value -> write(value, generator));
                generator.writeEndArray();
            }
            case Written number -> generator.writeNumber(number.text);
            default -> generator.writeTree(node);
        }
    }

    /** A number and how it was written. */
    private static final class Written extends DecimalNode {

        private static final long serialVersionUID = 1L;

        private final String text;

        Written(BigDecimal value, String text) {
            super(value);
            this.text = text;
        }

        @Override
        public String asString() {
            return text;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Written written ? text.equals(written.text) : super.equals(other);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }
}
