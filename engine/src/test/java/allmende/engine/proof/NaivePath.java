package allmende.engine.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Follows an element path by taking the JSON apart name by name; as much of FHIRPath as the catalogue writes. */
final class NaivePath {

    private static final Pattern WHERE = Pattern.compile("where\\(([\\w.]+)\\s*=\\s*'([^']*)'\\)");
    private static final Pattern EXTENSION = Pattern.compile("extension\\('([^']*)'\\)");
    private static final Pattern OF_TYPE = Pattern.compile("ofType\\((\\w+)\\)");

    /** Elements that carry the name of their type with them. */
    static final Set<String> CHOICES = Set.of(
            "value",
            "effective",
            "performed",
            "onset",
            "abatement",
            "medication",
            "deceased",
            "collected",
            "occurrence");

    private NaivePath() {}

    static List<JsonNode> evaluate(String path, JsonNode from) {
        List<JsonNode> here = List.of(from);
        List<String> steps = steps(path);
        if (Character.isUpperCase(steps.getFirst().charAt(0))) {
            here = step("ofType(" + steps.removeFirst() + ")", here);
        }
        for (int i = 0; i < steps.size(); i++) {
            String next = i + 1 < steps.size() ? steps.get(i + 1) : "";
            Matcher type = OF_TYPE.matcher(next);
            String step = steps.get(i);
            if (type.matches()) {
                String suffix = type.group(1);
                if (CHOICES.contains(step)) {
                    step = step + suffix.substring(0, 1).toUpperCase() + suffix.substring(1);
                    i++;
                }
            }
            here = step(step, here);
        }
        return here;
    }

    /** The steps of a path: names and functions. */
    static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        StringBuilder step = new StringBuilder();
        for (char c : path.toCharArray()) {
            quoted ^= c == '\'';
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == '.' && depth == 0 && !quoted) {
                steps.add(step.toString());
                step.setLength(0);
            } else {
                step.append(c);
            }
        }
        steps.add(step.toString());
        return steps;
    }

    private static List<JsonNode> step(String step, List<JsonNode> from) {
        Matcher where = WHERE.matcher(step);
        if (where.matches()) {
            return from.stream()
                    .filter(node -> evaluate(where.group(1), node).stream()
                            .anyMatch(value -> value.asString("").equals(where.group(2))))
                    .toList();
        }
        Matcher extension = EXTENSION.matcher(step);
        if (extension.matches()) {
            return step("where(url = '" + extension.group(1) + "')", step("extension", from));
        }
        Matcher type = OF_TYPE.matcher(step);
        if (type.matches()) {
            return from.stream()
                    .filter(node -> node.path("resourceType").asString("").equals(type.group(1)))
                    .toList();
        }
        return from.stream().flatMap(node -> children(step, node)).toList();
    }

    private static Stream<JsonNode> children(String name, JsonNode node) {
        if (!node.isObject()) {
            return Stream.empty();
        }
        if (node.has(name) || !CHOICES.contains(name)) {
            return node.has(name) ? each(node.get(name)) : Stream.empty();
        }
        return node.propertyStream()
                .filter(property -> property.getKey().matches(name + "[A-Z].*"))
                .flatMap(property -> each(property.getValue()));
    }

    private static Stream<JsonNode> each(JsonNode node) {
        return node.isArray() ? node.valueStream() : Stream.of(node);
    }
}
