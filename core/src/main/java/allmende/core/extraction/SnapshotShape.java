package allmende.core.extraction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads what an extraction needs out of the snapshot of a StructureDefinition (FHIR R4, ElementDefinition). */
public final class SnapshotShape {

    private static final Set<String> NEVER_REQUIRED =
            Set.of("id", "extension", "modifierExtension", "meta", "implicitRules", "language", "text", "contained");

    private final JsonNode definition;
    private final Map<String, JsonNode> byId = new HashMap<>();
    private final List<RequiredElement> required = new ArrayList<>();
    private final Map<String, List<Slice>> slices = new HashMap<>();
    private final Map<String, String> extensions = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private final Set<String> elements = new HashSet<>();

    private SnapshotShape(JsonNode definition) {
        this.definition = definition;
    }

    /**
     * Reads a StructureDefinition; empty where it describes no resource or has no snapshot.
     *
     * @param derived canonical URLs of the profiles that derive from it
     */
    public static Optional<ProfileShape> read(JsonNode definition, Set<String> derived) {
        JsonNode list = definition.path("snapshot").path("element");
        if (list.isEmpty() || !definition.path("kind").asString("").equals("resource")) {
            return Optional.empty();
        }
        return Optional.of(new SnapshotShape(definition).shape(list, derived));
    }

    private ProfileShape shape(JsonNode list, Set<String> derived) {
        for (JsonNode element : list.values()) {
            byId.put(element.path("id").asString(""), element);
        }
        for (JsonNode element : list.values()) {
            element(element);
        }
        required.sort(Comparator.comparingInt(each -> each.path().size()));
        String url = definition.path("url").asString("");
        Set<String> accepted = new HashSet<>(derived);
        accepted.add(url);
        return new ProfileShape(
                url, definition.path("type").asString(""), accepted, required, slices, extensions, known, elements);
    }

    private void element(JsonNode element) {
        String id = element.path("id").asString("");
        int dot = id.indexOf('.');
        if (dot < 0) {
            return;
        }
        String path = plain(id.substring(dot + 1));
        elements.add(path);
        String slice = element.path("sliceName").asString("");
        String last = path.substring(path.lastIndexOf('.') + 1);
        if (last.equals("extension") || last.equals("modifierExtension")) {
            if (!slice.isEmpty()) {
                extension(element, id, path, slice);
            }
        } else if (!slice.isEmpty() && id.endsWith(":" + slice)) {
            slice(element, id, path, slice);
        } else if (id.indexOf(':') < 0 && element.path("min").asInt(0) > 0 && !NEVER_REQUIRED.contains(last)) {
            List<String> types = new ArrayList<>();
            element.path("type")
                    .values()
                    .forEach(type -> types.add(type.path("code").asString("")));
            if (!types.isEmpty() && types.stream().noneMatch(type -> type.contains("fhirpath"))) {
                required.add(new RequiredElement(
                        Arrays.asList(path.split("\\.")),
                        types,
                        !element.path("max").asString("1").equals("1")));
            }
        }
    }

    private void extension(JsonNode element, String id, String path, String slice) {
        JsonNode url = byId.get(id + ".url");
        String address = url == null ? "" : text(fixed(url));
        if (address.isEmpty()) {
            address = element.path("type").path(0).path("profile").path(0).asString("");
        }
        int bar = address.indexOf('|');
        address = bar < 0 ? address : address.substring(0, bar);
        if (!address.isEmpty()) {
            extensions.putIfAbsent(path + ":" + slice, address);
            known.add(address);
        }
    }

    private void slice(JsonNode element, String id, String path, String slice) {
        String list = id.substring(0, id.length() - slice.length() - 1);
        JsonNode slicing = byId.getOrDefault(list, element).path("slicing");
        if (slicing.isMissingNode() || path.endsWith("[x]")) {
            return;
        }
        ObjectNode pattern = JsonNodeFactory.instance.objectNode();
        boolean told = !slicing.path("discriminator").isEmpty();
        for (JsonNode discriminator : slicing.path("discriminator").values()) {
            told &= pattern(id, discriminator, pattern);
        }
        // the slices of a list inside of a slice are those of that slice alone
        String place = list.indexOf(':') < 0 ? path : list.substring(list.indexOf('.') + 1);
        slices.computeIfAbsent(place, each -> new ArrayList<>())
                .add(new Slice(
                        slice,
                        told && !pattern.isEmpty() ? pattern : null,
                        element.path("min").asInt(0) > 0));
    }

    /** Adds what a discriminator says to the pattern; false where it can't be told by looking at the item alone. */
    private boolean pattern(String id, JsonNode discriminator, ObjectNode pattern) {
        String type = discriminator.path("type").asString("");
        String path = discriminator.path("path").asString("");
        if (!(type.equals("value") || type.equals("pattern")) || path.indexOf('(') >= 0) {
            return false;
        }
        List<String> steps = path.equals("$this") ? List.of() : Arrays.asList(path.split("\\."));
        for (int depth = steps.size(); depth >= 0; depth--) {
            String at = depth == 0 ? id : id + "." + String.join(".", steps.subList(0, depth));
            JsonNode element = byId.get(at);
            JsonNode value = element == null ? null : fixed(element);
            if (value != null) {
                return put(pattern, steps.subList(0, depth), value);
            }
        }
        return false;
    }

    private static boolean put(ObjectNode pattern, List<String> steps, JsonNode value) {
        ObjectNode at = pattern;
        for (int i = 0; i + 1 < steps.size(); i++) {
            at = at.get(steps.get(i)) instanceof ObjectNode there ? there : at.putObject(steps.get(i));
        }
        if (!steps.isEmpty()) {
            at.set(steps.getLast(), value);
            return true;
        }
        if (value instanceof ObjectNode whole) {
            pattern.setAll(whole);
            return true;
        }
        return false;
    }

    private static @Nullable JsonNode fixed(JsonNode element) {
        for (Map.Entry<String, JsonNode> property : element.properties()) {
            if (property.getKey().startsWith("fixed") || property.getKey().startsWith("pattern")) {
                return property.getValue();
            }
        }
        return null;
    }

    private static String text(@Nullable JsonNode node) {
        return node == null ? "" : node.asString("");
    }

    /** A path without its slices. */
    private static String plain(String path) {
        if (path.indexOf(':') < 0) {
            return path;
        }
        StringBuilder plain = new StringBuilder();
        for (String step : path.split("\\.")) {
            int colon = step.indexOf(':');
            plain.append(plain.isEmpty() ? "" : ".").append(colon < 0 ? step : step.substring(0, colon));
        }
        return plain.toString();
    }
}
