package allmende.engine.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts a value where an element path will find it; the reverse of {@link NaivePath}. */
final class PathWriter {

    private static final Pattern WHERE = Pattern.compile("where\\(([\\w.]+)\\s*=\\s*'([^']*)'\\)");
    private static final Pattern EXTENSION = Pattern.compile("extension\\('([^']*)'\\)");
    private static final Pattern OF_TYPE = Pattern.compile("ofType\\((\\w+)\\)");

    private final Chance chance;

    PathWriter(Chance chance) {
        this.chance = chance;
    }

    /** Writes {@code value}; for a choice of types at the end, {@code choice} is the type's name in the element. */
    void put(ObjectNode into, String path, String choice, JsonNode value) {
        List<String> steps = new ArrayList<>(NaivePath.steps(path));
        if (Character.isUpperCase(steps.getFirst().charAt(0))) {
            steps.removeFirst();
        }
        ObjectNode here = into;
        while (!steps.isEmpty()) {
            String name = steps.removeFirst();
            Matcher extension = EXTENSION.matcher(name);
            String url = extension.matches() ? extension.group(1) : null;
            name = url == null ? name : "extension";
            List<Matcher> conditions = new ArrayList<>();
            while (!steps.isEmpty() && steps.getFirst().matches("(where|ofType)\\(.*")) {
                String step = steps.removeFirst();
                Matcher type = OF_TYPE.matcher(step);
                if (type.matches()) {
                    name = name + capital(type.group(1));
                } else {
                    conditions.add(WHERE.matcher(step));
                }
            }
            if (NaivePath.CHOICES.contains(name)) {
                String stem = name;
                boolean chosen = here.propertyNames().stream().anyMatch(other -> other.matches(stem + "[A-Z].*"));
                if (chosen) {
                    return;
                }
                name = stem + choice;
            }
            boolean last = steps.isEmpty();
            JsonNode child = last ? value : into.objectNode();
            if (child instanceof ObjectNode object) {
                if (url != null) {
                    object.put("url", url);
                }
                conditions.forEach(condition -> meet(object, condition));
            }
            boolean distinguished = url != null || !conditions.isEmpty();
            child = attach(here, name, child, last || distinguished);
            if (!last) {
                here = (ObjectNode) child;
            }
        }
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase() + word.substring(1);
    }

    private void meet(ObjectNode object, Matcher condition) {
        if (!condition.matches()) {
            throw new IllegalArgumentException("Not a condition that can be written: " + condition);
        }
        put(object, condition.group(1), "", object.stringNode(condition.group(2)));
    }

    /** Adds the child, or goes into one that is there unless a new one is wanted. */
    private JsonNode attach(ObjectNode here, String name, JsonNode child, boolean anew) {
        JsonNode there = here.get(name);
        if (there == null) {
            if (chance.percent(50)) {
                here.putArray(name).add(child);
            } else {
                here.set(name, child);
            }
            return child;
        }
        if (!anew && !(there instanceof ArrayNode)) {
            return there;
        }
        if (!anew && chance.percent(60) && there.get(0) instanceof ObjectNode first) {
            return first;
        }
        ArrayNode array =
                there instanceof ArrayNode known ? known : here.arrayNode().add(there);
        array.add(child);
        here.set(name, array);
        return child;
    }
}
