package allmende.engine.extract;

import allmende.core.fhir.FhirJson;
import allmende.engine.extract.JudgeFields.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reduction for the judge: for every single value of a resource it asks every field of every group whether it wants it. */
final class JudgeReduction {

    private final List<JsonNode> groups;
    private final Map<String, String> references;
    private final String patient;
    private final Set<String> known = new HashSet<>();

    /** One step down to a value: the property's name, and the value or, of a list, the item. */
    private record At(String name, JsonNode value) {}

    /**
     * For these groups.
     *
     * @param references how each reference that may stay is written
     */
    JudgeReduction(List<JsonNode> groups, Map<String, String> references, String patient) {
        this.groups = groups;
        this.references = references;
        this.patient = patient;
        groups.forEach(group -> profile(group).path("extensions").values().forEach(url -> known.add(url.asString(""))));
    }

    private static JsonNode profile(JsonNode group) {
        return JudgeProfiles.ALL.get(group.path("groupReference").asString(""));
    }

    ObjectNode reduce(ObjectNode source, List<ObjectNode> contained) {
        ObjectNode out = FhirJson.mapper().createObjectNode();
        out.set("resourceType", source.path("resourceType"));
        out.set("id", source.path("id"));
        ArrayNode profiles = out.putObject("meta").putArray("profile");
        groups.stream()
                .map(group -> group.path("groupReference").asString(""))
                .distinct()
                .forEach(profiles::add);
        if (!contained.isEmpty()) {
            out.putArray("contained").addAll(contained);
        }
        source.properties().forEach(property -> {
            String name = property.getKey();
            if (!Set.of("resourceType", "id", "meta", "contained").contains(name)) {
                JsonNode left = name.equals("subject") && isPatient(property.getValue())
                        ? FhirJson.mapper().createObjectNode().put("reference", patient)
                        : property(name, property.getValue(), List.of());
                if (left != null) {
                    out.set(name, left);
                }
            }
        });
        groups.stream().map(JudgeReduction::profile).distinct().forEach(profile -> mask(profile, source, out));
        return out;
    }

    private boolean isPatient(JsonNode subject) {
        return patient.equals(references.get(subject.path("reference").asString("")));
    }

    private @Nullable JsonNode property(String name, JsonNode value, List<At> above) {
        boolean beside = name.startsWith("_");
        String plain = beside ? name.substring(1) : name;
        if (!value.isArray()) {
            return value(value, down(above, plain, value));
        }
        ArrayNode out = FhirJson.mapper().createArrayNode();
        boolean any = false;
        for (JsonNode item : value.values()) {
            JsonNode left = value(item, down(above, plain, item));
            if (left != null) {
                out.add(left);
                any |= !left.isNull();
            } else if (beside) {
                // each companion stands at the place of its value
                out.addNull();
            }
        }
        return any ? out : null;
    }

    private static List<At> down(List<At> above, String name, JsonNode value) {
        List<At> place = new ArrayList<>(above);
        place.add(new At(name, value));
        return place;
    }

    private @Nullable JsonNode value(JsonNode value, List<At> place) {
        if (!(value instanceof ObjectNode object)) {
            return wanted(place, true) ? value : null;
        }
        ObjectNode out = FhirJson.mapper().createObjectNode();
        String literal = object.path("reference").asString("");
        if (!literal.isEmpty() && !references.containsKey(literal)) {
            if (wanted(place, false)) {
                if (object.has("type")) {
                    out.set("type", object.path("type"));
                }
                out.set("_reference", masked());
            }
            return out.isEmpty() ? null : out;
        }
        object.properties().forEach(property -> {
            JsonNode left = property(property.getKey(), property.getValue(), place);
            if (left != null) {
                out.set(property.getKey(), left);
            }
        });
        if (!literal.isEmpty() && out.has("reference")) {
            out.put("reference", references.get(literal));
        }
        return out.isEmpty() ? null : out;
    }

    /** Whether any field wants the value, or, if it need not be the value itself, something in it. */
    private boolean wanted(List<At> place, boolean itself) {
        for (JsonNode group : groups) {
            for (JsonNode attribute : group.path("attributes").values()) {
                if (wants(
                        profile(group),
                        JudgeFields.steps(attribute.path("attributeRef").asString("")),
                        place,
                        itself)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean wants(JsonNode profile, List<Step> field, List<At> place, boolean itself) {
        for (int i = 0; i < place.size(); i++) {
            At at = place.get(i);
            boolean extension = at.name().equals("extension");
            if (extension && at.value().path("url").asString("").equals(JudgeProfiles.ABSENT)) {
                // why a value is absent stays where anything of its element does
                return true;
            }
            if (i < field.size() && toldBy(profile, field, i, at.name())) {
                return true;
            }
            boolean named = i < field.size()
                    && field.get(i).slice() != null
                    && !field.get(i).choice();
            if (i < field.size()
                    && !(JudgeFields.names(field.get(i), at.name())
                            && JudgeFields.takes(profile, field, i, at.value()))) {
                return false;
            }
            if (extension && i + 1 >= field.size()) {
                // an extension stays as a whole
                return named || known.contains(at.value().path("url").asString(""));
            }
            if (!extension && !named && !ofKnownSlice(profile, place.subList(0, i + 1))) {
                return false;
            }
        }
        return !itself || place.size() >= field.size();
    }

    /** Whether the property is what tells the slice, or the extension, that the step before it names. */
    private static boolean toldBy(JsonNode profile, List<Step> field, int at, String name) {
        if (at == 0 || field.get(at - 1).slice() == null || field.get(at - 1).choice()) {
            return false;
        }
        if (field.get(at - 1).name().equals("extension")) {
            return name.equals("url");
        }
        List<String> path = new ArrayList<>();
        field.subList(0, at).forEach(each -> path.add(each.name()));
        return profile.path("slices")
                .path(String.join(".", path))
                .path(field.get(at - 1).slice())
                .path("pattern")
                .has(name);
    }

    private static boolean ofKnownSlice(JsonNode profile, List<At> place) {
        JsonNode item = place.getLast().value();
        List<String> names = place.stream().map(At::name).toList();
        if (names.equals(List.of("identifier"))
                && profile.path("type").asString("").equals("Patient")) {
            return true;
        }
        for (Map.Entry<String, JsonNode> list : profile.path("slices").properties()) {
            List<Step> path = JudgeFields.steps("X." + list.getKey());
            boolean here = path.size() == names.size();
            for (int i = 0; here && i < path.size(); i++) {
                here = JudgeFields.names(path.get(i), names.get(i));
            }
            if (here) {
                boolean stub = item.size() == 1 && item.has("extension");
                return stub
                        || list.getValue().values().stream()
                                .anyMatch(slice ->
                                        !slice.has("pattern") || JudgeFields.fits(item, slice.path("pattern")));
            }
        }
        return true;
    }

    private static ObjectNode masked() {
        ObjectNode element = FhirJson.mapper().createObjectNode();
        element.putArray("extension")
                .addObject()
                .put("url", JudgeProfiles.ABSENT)
                .put("valueCode", "masked");
        return element;
    }

    private static void mask(JsonNode profile, ObjectNode source, ObjectNode out) {
        List<String> lines = new ArrayList<>(JudgeProfiles.texts(profile.path("required")));
        for (String line : lines) {
            String[] parts = line.split(": ");
            boolean many = parts[0].endsWith("[]");
            List<String> path = Arrays.asList(parts[0].replace("[]", "").split("\\."));
            String type = parts[1].split("\\|")[0];
            for (ObjectNode parent : parents(out, path)) {
                requireOne(source, parent, path, type, many);
            }
        }
        profile.path("slices").properties().forEach(list -> {
            List<String> path = Arrays.asList(list.getKey().split("\\."));
            for (ObjectNode parent : parents(out, path)) {
                list.getValue().values().forEach(slice -> {
                    if (slice.path("required").asBoolean(false)
                            && parent.get(path.getLast()) instanceof ArrayNode items) {
                        requireSlice(items, slice.path("pattern"));
                    }
                });
            }
        });
    }

    private static void requireSlice(ArrayNode items, JsonNode pattern) {
        for (JsonNode item : items.values()) {
            if ((item.size() == 1 && item.has("extension")) || JudgeFields.fits(item, pattern)) {
                return;
            }
        }
        items.add(masked());
    }

    private static void requireOne(ObjectNode source, ObjectNode parent, List<String> path, String type, boolean many) {
        String last = path.getLast();
        if (!last.endsWith("[x]")) {
            put(parent, last, type, many);
            return;
        }
        String stem = last.replace("[x]", "");
        if (choice(parent, stem) == null) {
            String before = path.size() == 1 ? choice(source, stem) : null;
            String name = before != null
                    ? before
                    : stem + type.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + type.substring(1);
            boolean primitive = name.equals(stem + "DateTime");
            parent.set(primitive ? "_" + name : name, masked());
        }
    }

    private static void put(ObjectNode parent, String name, String type, boolean many) {
        if (parent.has(name) || parent.has("_" + name)) {
            return;
        }
        if (Character.isLowerCase(type.charAt(0))) {
            parent.set("_" + name, masked());
        } else if (many) {
            parent.putArray(name).add(masked());
        } else {
            parent.set(name, masked());
        }
    }

    private static @Nullable String choice(ObjectNode node, String stem) {
        for (String name : node.propertyNames()) {
            String plain = name.startsWith("_") ? name.substring(1) : name;
            if (plain.matches(stem + "[A-Z].*")) {
                return plain;
            }
        }
        return null;
    }

    private static List<ObjectNode> parents(JsonNode node, List<String> path) {
        List<ObjectNode> parents = new ArrayList<>();
        for (JsonNode item : JudgeFields.items(node)) {
            if (item instanceof ObjectNode object && !(item.size() == 1 && item.has("extension"))) {
                if (path.size() == 1) {
                    parents.add(object);
                    continue;
                }
                String first = path.getFirst();
                String name = first.endsWith("[x]") ? choice(object, first.replace("[x]", "")) : first;
                if (name != null && object.has(name)) {
                    parents.addAll(parents(object.path(name), path.subList(1, path.size())));
                }
            }
        }
        return parents;
    }
}
