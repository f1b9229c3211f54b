package allmende.core.extraction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The place of an element in resources, compiled from its id in a profile ({@code Patient.identifier:pid}). */
final class ElementRef {

    /**
     * One step down.
     *
     * @param name the element's name; of a choice without {@code [x]}
     * @param choice whether it is a choice of types
     * @param property of a choice, the one property that the slice means; null for any
     * @param slice which items; null for all
     * @param extension URL of the extension that is meant; null where the step is no extension
     */
    record Step(
            String name,
            boolean choice,
            @Nullable String property,
            @Nullable Slice slice,
            @Nullable String extension) {

        boolean names(String candidate) {
            if (!choice) {
                return candidate.equals(name);
            }
            return property != null
                    ? candidate.equals(property)
                    : candidate.length() > name.length()
                            && candidate.startsWith(name)
                            && Character.isUpperCase(candidate.charAt(name.length()));
        }

        boolean takes(JsonNode item) {
            return (slice == null || slice.matches(item))
                    && (extension == null || extension.equals(item.path("url").asString("")));
        }
    }

    private static final String CHOICE = "[x]";

    private final String id;
    private final List<Step> steps;

    private ElementRef(String id, List<Step> steps) {
        this.id = id;
        this.steps = List.copyOf(steps);
    }

    /** Compiles an id; null where the profile can't have such an element. */
    static @Nullable ElementRef of(String id, ProfileShape shape) {
        String[] segments = id.split("\\.", -1);
        if (segments.length < 2 || !segments[0].equals(shape.type())) {
            return null;
        }
        List<Step> steps = new ArrayList<>();
        StringBuilder path = new StringBuilder();
        StringBuilder full = new StringBuilder();
        for (int i = 1; i < segments.length; i++) {
            Step step = step(segments[i], new Above(path.toString(), full.toString()), shape);
            if (step == null) {
                return null;
            }
            steps.add(step);
            full.append(full.isEmpty() ? "" : ".").append(segments[i]);
            int colon = segments[i].indexOf(':');
            path.append(path.isEmpty() ? "" : ".").append(colon < 0 ? segments[i] : segments[i].substring(0, colon));
        }
        ElementRef ref = new ElementRef(id, steps);
        return shape.elements() == null || shape.elements().contains(path.toString()) || ref.insideOfType(shape)
                ? ref
                : null;
    }

    /** Whether a parent is known whose own elements are not listed: those of its data type. */
    private boolean insideOfType(ProfileShape shape) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i + 1 < steps.size(); i++) {
            path.append(i == 0 ? "" : ".")
                    .append(steps.get(i).name())
                    .append(steps.get(i).choice() ? CHOICE : "");
            String parent = path.toString();
            if (shape.elements() != null
                    && shape.elements().contains(parent)
                    && shape.elements().stream().noneMatch(each -> each.startsWith(parent + "."))) {
                return true;
            }
        }
        return false;
    }

    /** What stands before a segment, without slices and with them. */
    private record Above(String path, String full) {
        String list(String name) {
            return path.isEmpty() ? name : path + "." + name;
        }

        String listInSlice(String name) {
            return full.isEmpty() ? name : full + "." + name;
        }
    }

    private static @Nullable Step step(String segment, Above above, ProfileShape shape) {
        int colon = segment.indexOf(':');
        String name = colon < 0 ? segment : segment.substring(0, colon);
        String slice = colon < 0 ? null : segment.substring(colon + 1);
        boolean choice = name.endsWith(CHOICE);
        String plain = choice ? name.substring(0, name.length() - CHOICE.length()) : name;
        if (plain.isEmpty() || !plain.chars().allMatch(Character::isLetterOrDigit)) {
            return null;
        }
        if (slice == null) {
            return new Step(plain, choice, null, null, null);
        }
        String path = above.list(name);
        if (name.equals("extension") || name.equals("modifierExtension")) {
            String url = shape.extensions().get(path + ":" + slice);
            return url == null ? null : new Step(plain, false, null, null, url);
        }
        if (choice) {
            return slice.startsWith(plain) ? new Step(plain, true, slice, null, null) : null;
        }
        List<Slice> everywhere = shape.slices().getOrDefault(path, List.of());
        for (Slice known : shape.slices().getOrDefault(above.listInSlice(name), everywhere)) {
            if (known.name().equals(slice)) {
                return new Step(plain, false, null, known, null);
            }
        }
        return null;
    }

    /** The id as it was written. */
    String id() {
        return id;
    }

    List<Step> steps() {
        return steps;
    }

    /** Whether there is anything at the place; an extension that says why a value is missing counts as something. */
    boolean exists(JsonNode resource) {
        return any(resource, 0, true, found -> true);
    }

    /** What stands there, items of lists one by one. */
    List<JsonNode> in(JsonNode resource) {
        List<JsonNode> found = new ArrayList<>();
        any(resource, 0, false, node -> {
            found.add(node);
            return false;
        });
        return found;
    }

    private boolean any(JsonNode node, int depth, boolean companions, Predicate<JsonNode> enough) {
        if (depth == steps.size()) {
            return !(node.isNull() || (node.isContainer() && node.isEmpty())) && enough.test(node);
        }
        Step step = steps.get(depth);
        if (!step.choice()) {
            return below(node.get(step.name()), depth, companions, enough)
                    || (companions && below(node.get("_" + step.name()), depth, true, enough));
        }
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            String name = property.getKey();
            boolean companion = name.startsWith("_");
            if (companion ? companions && step.names(name.substring(1)) : step.names(name)) {
                if (below(property.getValue(), depth, companions, enough)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean below(@Nullable JsonNode value, int depth, boolean companions, Predicate<JsonNode> enough) {
        if (value == null) {
            return false;
        }
        if (!value.isArray()) {
            return steps.get(depth).takes(value) && any(value, depth + 1, companions, enough);
        }
        for (JsonNode item : value.values()) {
            if (steps.get(depth).takes(item) && any(item, depth + 1, companions, enough)) {
                return true;
            }
        }
        return false;
    }
}
