package allmende.core.fhir;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Applies a JSON Patch (RFC 6902) to a tree. */
public final class JsonPatch {

    /** Values that all copies of one patch may hold together, so that copies of copies stay small. */
    private static final int COPIED_MAX = 100_000;

    private static final Comparator<JsonNode> NUMBERS_BY_VALUE = (a, b) -> {
        if (a.isNumber() && b.isNumber()) {
            return new BigDecimal(a.asString()).compareTo(new BigDecimal(b.asString()));
        }
        return a.equals(b) ? 0 : 1;
    };

    private JsonNode document;
    private int copied;

    private JsonPatch(JsonNode document) {
        this.document = document;
    }

    /** What came of a patch. */
    public sealed interface Outcome {

        /** The document after all operations. */
        record Patched(JsonNode document) implements Outcome {}

        /** The patch is no patch. */
        record Malformed(int operation, String reason) implements Outcome {}

        /** An operation does not fit the document, or a test fails. */
        record Failed(int operation, String reason) implements Outcome {}
    }

    /** An operation that can't be carried out. */
    private static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean malformed;
        private final String reason;

        Fault(boolean malformed, String reason) {
            super(reason, null, false, false);
            this.malformed = malformed;
            this.reason = reason;
        }
    }

    /** Applies all operations to a copy of the document, or none. */
    public static Outcome apply(JsonNode document, JsonNode patch) {
        if (!patch.isArray()) {
            return new Outcome.Malformed(-1, "a JSON Patch is an array of operations");
        }
        JsonPatch run = new JsonPatch(document.deepCopy());
        for (int i = 0; i < patch.size(); i++) {
            try {
                run.apply(patch.get(i));
            } catch (Fault fault) {
                return fault.malformed ? new Outcome.Malformed(i, fault.reason) : new Outcome.Failed(i, fault.reason);
            }
        }
        return new Outcome.Patched(run.document);
    }

    private void apply(JsonNode operation) throws Fault {
        List<String> path = pointer(operation, "path");
        switch (operation.path("op").asString("")) {
            case "add" -> add(path, value(operation));
            case "remove" -> remove(path);
            case "replace" -> {
                get(path);
                if (!path.isEmpty()) {
                    remove(path);
                }
                add(path, value(operation));
            }
            case "move" -> {
                List<String> from = pointer(operation, "from");
                if (path.size() > from.size() && path.subList(0, from.size()).equals(from)) {
                    throw new Fault(false, "a value can't be moved into itself");
                }
                JsonNode moved = get(from);
                if (!path.equals(from)) {
                    remove(from);
                    add(path, moved);
                }
            }
            case "copy" -> {
                JsonNode from = get(pointer(operation, "from"));
                copied += count(from);
                if (copied > COPIED_MAX) {
                    throw new Fault(false, "the patch copies more than " + COPIED_MAX + " values");
                }
                add(path, from.deepCopy());
            }
            case "test" -> {
                if (!get(path).equals(NUMBERS_BY_VALUE, value(operation))) {
                    throw new Fault(false, "the test fails");
                }
            }
            default -> throw new Fault(true, "op is one of add, remove, replace, move, copy, test");
        }
    }

    private static JsonNode value(JsonNode operation) throws Fault {
        JsonNode value = operation.get("value");
        if (value == null) {
            throw new Fault(true, "the operation needs a value");
        }
        return value.deepCopy();
    }

    private static List<String> pointer(JsonNode operation, String name) throws Fault {
        JsonNode text = operation.get(name);
        if (text == null || !text.isString()) {
            throw new Fault(true, "the operation needs " + name + ", a JSON pointer");
        }
        String pointer = text.stringValue();
        List<String> tokens = new ArrayList<>();
        if (pointer.isEmpty()) {
            return tokens;
        }
        if (pointer.charAt(0) != '/') {
            throw new Fault(true, "a JSON pointer begins with a slash");
        }
        for (String token : pointer.substring(1).split("/", -1)) {
            tokens.add(token.replace("~1", "/").replace("~0", "~"));
        }
        return tokens;
    }

    private JsonNode get(List<String> path) throws Fault {
        JsonNode at = document;
        for (String token : path) {
            at = child(at, token);
        }
        return at;
    }

    private static JsonNode child(JsonNode parent, String token) throws Fault {
        JsonNode child = parent.isArray() ? parent.get(index(token, parent.size() - 1)) : parent.get(token);
        if (child == null) {
            throw new Fault(false, "the path leads nowhere");
        }
        return child;
    }

    private static int index(String token, int max) throws Fault {
        boolean plain = token.matches("0|[1-9][0-9]{0,8}");
        int index = plain ? Integer.parseInt(token) : -1;
        if (!plain || index > max) {
            throw new Fault(false, "the array has no such place");
        }
        return index;
    }

    private void add(List<String> path, JsonNode value) throws Fault {
        if (path.size() + depth(value) > FhirJson.MAX_DEPTH) {
            throw new Fault(false, "the result would be nested deeper than " + FhirJson.MAX_DEPTH + " levels");
        }
        if (path.isEmpty()) {
            document = value;
            return;
        }
        JsonNode parent = get(path.subList(0, path.size() - 1));
        String token = path.getLast();
        switch (parent) {
            case ObjectNode object -> object.set(token, value);
            case ArrayNode array -> array.insert(token.equals("-") ? array.size() : index(token, array.size()), value);
            default -> throw new Fault(false, "the path leads into a plain value");
        }
    }

    private void remove(List<String> path) throws Fault {
        if (path.isEmpty()) {
            throw new Fault(false, "the whole document can't be removed");
        }
        JsonNode parent = get(path.subList(0, path.size() - 1));
        child(parent, path.getLast());
        switch (parent) {
            case ObjectNode object -> object.remove(path.getLast());
            case ArrayNode array -> array.remove(index(path.getLast(), array.size() - 1));
            default -> throw new Fault(false, "the path leads into a plain value");
        }
    }

    private static int depth(@Nullable JsonNode node) {
        int deepest = 0;
        if (node != null && node.isContainer()) {
            for (JsonNode child : node.values()) {
                deepest = Math.max(deepest, depth(child));
            }
            return deepest + 1;
        }
        return deepest;
    }

    private static int count(JsonNode node) {
        int count = 1;
        if (node.isContainer()) {
            for (JsonNode child : node.values()) {
                count += count(child);
            }
        }
        return count;
    }
}
