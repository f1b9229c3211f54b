package allmende.engine.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Ids of elements, read for the judge step by step each time they are asked for. */
final class JudgeFields {

    private JudgeFields() {}

    /** One step of an id: a name, whether it is a choice, and what stands after its colon. */
    record Step(String name, boolean choice, @Nullable String slice) {}

    static List<Step> steps(String id) {
        List<Step> steps = new ArrayList<>();
        String[] segments = id.split("\\.");
        for (int i = 1; i < segments.length; i++) {
            String[] parts = segments[i].split(":", 2);
            boolean choice = parts[0].endsWith("[x]");
            steps.add(new Step(parts[0].replace("[x]", ""), choice, parts.length == 2 ? parts[1] : null));
        }
        return steps;
    }

    /** Whether a property is the one that a step names. */
    static boolean names(Step step, String property) {
        if (!step.choice()) {
            return property.equals(step.name());
        }
        if (step.slice() != null) {
            return property.equals(step.slice());
        }
        return property.matches(step.name() + "[A-Z].*");
    }

    /** Whether an item is of the slice, or is the extension, that a step names. */
    static boolean takes(JsonNode profile, List<Step> steps, int at, JsonNode item) {
        Step step = steps.get(at);
        String slice = step.slice();
        if (slice == null || step.choice()) {
            return true;
        }
        List<String> names = new ArrayList<>();
        steps.subList(0, at + 1).forEach(each -> names.add(each.name() + (each.choice() ? "[x]" : "")));
        String path = String.join(".", names);
        if (step.name().equals("extension")) {
            return item.path("url").asString("").equals(extension(profile, path + ":" + slice));
        }
        JsonNode pattern = profile.path("slices").path(path).path(slice).get("pattern");
        return pattern != null && fits(item, pattern);
    }

    static String extension(JsonNode profile, String path) {
        return profile.path("extensions").path(path).asString("");
    }

    /** Whether a value has all that the pattern has; a code system also under its former address. */
    static boolean fits(JsonNode value, JsonNode pattern) {
        if (pattern.isString()) {
            return value.isString() && present(value.stringValue()).equals(present(pattern.stringValue()));
        }
        return pattern.properties().stream().allMatch(each -> {
            JsonNode there = value.get(each.getKey());
            if (there != null && there.isArray()) {
                return there.values().stream().anyMatch(item -> fits(item, each.getValue()));
            }
            return there != null && fits(there, each.getValue());
        });
    }

    /** The present address of a code system. */
    static String present(String system) {
        return system.equals(JudgeProfiles.FORMER_ICD) ? JudgeProfiles.ICD : system;
    }

    /** What stands at an element, items one by one; beside primitives too, where their companions count. */
    static List<JsonNode> find(JsonNode resource, JsonNode profile, String id, boolean companions) {
        List<JsonNode> found = List.of(resource);
        List<Step> steps = steps(id);
        for (int i = 0; i < steps.size(); i++) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : found) {
                for (Map.Entry<String, JsonNode> property : node.properties()) {
                    String name = property.getKey();
                    boolean beside = name.startsWith("_");
                    if (names(steps.get(i), beside ? name.substring(1) : name) && (companions || !beside)) {
                        for (JsonNode item : items(property.getValue())) {
                            if (takes(profile, steps, i, item)) {
                                next.add(item);
                            }
                        }
                    }
                }
            }
            found = next;
        }
        return found.stream()
                .filter(node -> !node.isNull() && !(node.isContainer() && node.isEmpty()))
                .toList();
    }

    static List<JsonNode> items(JsonNode value) {
        return value.isArray() ? List.copyOf(value.values()) : List.of(value);
    }
}
