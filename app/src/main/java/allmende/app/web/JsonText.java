package allmende.app.web;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes JSON for people: what fits on a line stays on it. */
final class JsonText {

    private static final int LINE_MAX_CHARACTERS = 100;
    private static final String STEP = "  ";

    private JsonText() {}

    static String write(JsonNode node) {
        StringBuilder out = new StringBuilder();
        write(node, "", 0, out);
        return out.append('\n').toString();
    }

    /** {@code used} characters of the current line are taken. */
    private static void write(JsonNode node, String indent, int used, StringBuilder out) {
        String line = oneLine(node);
        if (used + line.length() <= LINE_MAX_CHARACTERS || node.isEmpty()) {
            out.append(line);
            return;
        }
        String inner = indent + STEP;
        String separator = "\n";
        switch (node) {
            case ObjectNode object -> {
                out.append('{');
                for (Map.Entry<String, JsonNode> entry : object.properties()) {
                    String name = quoted(entry.getKey()) + ": ";
                    out.append(separator).append(inner).append(name);
                    write(entry.getValue(), inner, inner.length() + name.length(), out);
                    separator = ",\n";
                }
                out.append('\n').append(indent).append('}');
            }
            case ArrayNode array -> {
                out.append('[');
                for (JsonNode element : array) {
                    out.append(separator).append(inner);
                    write(element, inner, inner.length(), out);
                    separator = ",\n";
                }
                out.append('\n').append(indent).append(']');
            }
            default -> out.append(line);
        }
    }

    private static String oneLine(JsonNode node) {
        StringBuilder out = new StringBuilder();
        String separator = "";
        switch (node) {
            case ObjectNode object -> {
                out.append('{');
                for (Map.Entry<String, JsonNode> entry : object.properties()) {
                    out.append(separator).append(quoted(entry.getKey())).append(": ");
                    out.append(oneLine(entry.getValue()));
                    separator = ", ";
                }
                out.append('}');
            }
            case ArrayNode array -> {
                out.append('[');
                for (JsonNode element : array) {
                    out.append(separator).append(oneLine(element));
                    separator = ", ";
                }
                out.append(']');
            }
            default -> out.append(node);
        }
        return out.toString();
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.stringNode(text).toString();
    }
}
