package allmende.core.extraction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reduces resources to what one set of groups wants of them, all groups together. Immutable and thread-safe; the result
 * shares leaves with its source.
 *
 * <p>Always there: type, id, the wanted profiles, and the reference to the patient. Left out besides what nobody asked for:
 * extensions that no profile of the groups knows, items of a sliced list that are of none of the known slices (but
 * Patient.identifier is left open), references to what is not handed out. What a profile requires and is not there any more
 * is masked.
 */
final class Redactor {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> SUBJECTS =
            Set.of("subject", "patient", "beneficiary", "individual", "for", "candidate");
    private static final Set<String> HEAD = Set.of("resourceType", "id", "meta", "contained", "implicitRules");

    private final List<Keep> roots;
    private final Set<String> extensions = new HashSet<>();
    private final List<String> profiles;
    private final List<Masks> masks;

    Redactor(List<GroupPlan> groups) {
        this.roots = groups.stream().map(GroupPlan::keep).toList();
        this.profiles = groups.stream().map(GroupPlan::profile).distinct().toList();
        this.masks =
                groups.stream().map(GroupPlan::shape).distinct().map(Masks::new).toList();
        groups.forEach(group -> extensions.addAll(group.shape().known()));
        extensions.add(Masked.URL);
    }

    /**
     * Reduces a resource.
     *
     * @param contained resources that stay inside, reduced already
     */
    ObjectNode redact(ObjectNode source, ReferenceRule rule, List<ObjectNode> contained) {
        ObjectNode out = NODES.objectNode();
        head(source, out, contained);
        for (Map.Entry<String, JsonNode> property : source.properties()) {
            String name = property.getKey();
            if (HEAD.contains(name)) {
                continue;
            }
            JsonNode copy = SUBJECTS.contains(name) ? subject(property.getValue(), rule) : null;
            if (copy == null) {
                copy = property(name, property.getValue(), roots, rule);
            }
            if (copy != null) {
                out.set(name, copy);
            }
        }
        masks.forEach(mask -> mask.fill(source, out));
        return out;
    }

    private void head(ObjectNode source, ObjectNode out, List<ObjectNode> contained) {
        out.set("resourceType", source.path("resourceType"));
        JsonNode id = source.get("id");
        if (id != null) {
            out.set("id", id);
        }
        ArrayNode list = out.putObject("meta").putArray("profile");
        profiles.forEach(list::add);
        if (!contained.isEmpty()) {
            ArrayNode inside = out.putArray("contained");
            contained.forEach(inside::add);
        }
    }

    /** The reference to the patient whose resource it is; null where it is none. */
    private static @Nullable JsonNode subject(JsonNode value, ReferenceRule rule) {
        JsonNode literal = value.get("reference");
        if (literal == null || !literal.isString()) {
            return null;
        }
        String allowed = rule.allowed(literal.stringValue());
        return allowed == null || !allowed.startsWith("Patient/")
                ? null
                : NODES.objectNode().put("reference", allowed);
    }

    private @Nullable JsonNode property(String name, JsonNode value, List<Keep> keeps, ReferenceRule rule) {
        String base = name.startsWith("_") ? name.substring(1) : name;
        if (base.equals("extension") || base.equals("modifierExtension")) {
            return extensions(base, value, keeps, rule);
        }
        if (keeps.size() == 1) {
            Keep only = keeps.getFirst().child(base);
            return only == null ? null : copy(name, value, List.of(only), rule);
        }
        List<Keep> wanted = new ArrayList<>(keeps.size());
        for (Keep keep : keeps) {
            Keep child = keep.child(base);
            if (child != null) {
                wanted.add(child);
            }
        }
        return wanted.isEmpty() ? null : copy(name, value, wanted, rule);
    }

    private @Nullable JsonNode copy(String name, JsonNode value, List<Keep> keeps, ReferenceRule rule) {
        return name.startsWith("_") && value instanceof ArrayNode array
                ? companions(array, keeps, rule)
                : copy(value, keeps, rule);
    }

    private @Nullable JsonNode copy(JsonNode value, List<Keep> keeps, ReferenceRule rule) {
        if (value instanceof ObjectNode object) {
            return object(object, keeps, rule);
        }
        if (value instanceof ArrayNode array) {
            return list(array, keeps, rule);
        }
        // of a primitive, an extension alone may be wanted
        return isWhole(keeps) ? value : null;
    }

    private static boolean isWhole(List<Keep> keeps) {
        for (Keep keep : keeps) {
            if (keep.whole()) {
                return true;
            }
        }
        return false;
    }

    /** What stands beside the primitives of a list: each at the place of its value, so none may move up. */
    private @Nullable ArrayNode companions(ArrayNode array, List<Keep> keeps, ReferenceRule rule) {
        ArrayNode out = NODES.arrayNode();
        boolean any = false;
        for (JsonNode item : array.values()) {
            JsonNode copy = item.isNull() ? null : copy(item, keeps, rule);
            any |= copy != null;
            out.add(copy == null ? NODES.nullNode() : copy);
        }
        return any ? out : null;
    }

    private @Nullable JsonNode list(ArrayNode array, List<Keep> keeps, ReferenceRule rule) {
        ArrayNode out = NODES.arrayNode();
        for (JsonNode item : array.values()) {
            if (!item.isContainer()) {
                if (isWhole(keeps)) {
                    out.add(item);
                }
                continue;
            }
            List<Keep> wanted = new ArrayList<>(keeps.size());
            for (Keep keep : keeps) {
                Keep some = keep.item(item);
                if (some != null) {
                    wanted.add(some);
                }
            }
            JsonNode copy = wanted.isEmpty() ? null : copy(item, wanted, rule);
            if (copy != null) {
                out.add(copy);
            }
        }
        return out.isEmpty() ? null : out;
    }

    private @Nullable ObjectNode object(ObjectNode object, List<Keep> keeps, ReferenceRule rule) {
        JsonNode literal = object.get("reference");
        String allowed = null;
        if (literal != null && literal.isString()) {
            allowed = rule.allowed(literal.stringValue());
            if (allowed == null) {
                return unspoken(object);
            }
        }
        ObjectNode out = NODES.objectNode();
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            JsonNode copy = property(property.getKey(), property.getValue(), keeps, rule);
            if (copy != null) {
                out.set(property.getKey(), copy);
            }
        }
        if (allowed != null && out.has("reference")) {
            out.put("reference", allowed);
        }
        return out.isEmpty() ? null : out;
    }

    /** A reference without what it refers to: neither by address nor by number or name. */
    private static ObjectNode unspoken(ObjectNode reference) {
        ObjectNode out = NODES.objectNode();
        JsonNode type = reference.get("type");
        if (type != null) {
            out.set("type", type);
        }
        out.set("_reference", Masked.element());
        return out;
    }

    private @Nullable JsonNode extensions(String base, JsonNode value, List<Keep> keeps, ReferenceRule rule) {
        if (!(value instanceof ArrayNode array)) {
            return null;
        }
        ArrayNode out = NODES.arrayNode();
        for (JsonNode item : array.values()) {
            String url = item.path("url").asString("");
            List<Keep> wanted = new ArrayList<>(keeps.size());
            for (Keep keep : keeps) {
                Keep some = extension(keep, base, url);
                if (some != null) {
                    wanted.add(some);
                }
            }
            JsonNode copy = wanted.isEmpty() ? null : inside(item, wanted, rule);
            if (copy != null) {
                out.add(copy);
            }
        }
        return out.isEmpty() ? null : out;
    }

    private @Nullable Keep extension(Keep parent, String base, String url) {
        if (url.equals(Masked.URL)) {
            return Keep.everything();
        }
        Keep list = parent.child(base);
        Keep named = list == null ? null : list.extension(url);
        if (named != null) {
            return named;
        }
        return list != null && list.whole() && extensions.contains(url) ? Keep.everything() : null;
    }

    /** An extension that is wanted as a whole keeps the extensions that it consists of. */
    private @Nullable JsonNode inside(JsonNode extension, List<Keep> keeps, ReferenceRule rule) {
        boolean whole = keeps.stream().anyMatch(Keep::plain) || keeps.stream().anyMatch(Keep::whole);
        if (!whole) {
            return copy(extension, keeps, rule);
        }
        return deep(extension, rule);
    }

    private JsonNode deep(JsonNode value, ReferenceRule rule) {
        if (value instanceof ArrayNode array) {
            ArrayNode out = NODES.arrayNode();
            array.values().forEach(item -> out.add(deep(item, rule)));
            return out;
        }
        if (!(value instanceof ObjectNode object)) {
            return value;
        }
        JsonNode literal = object.get("reference");
        String allowed = literal != null && literal.isString() ? rule.allowed(literal.stringValue()) : "";
        if (allowed == null) {
            return unspoken(object);
        }
        ObjectNode out = NODES.objectNode();
        object.properties().forEach(property -> out.set(property.getKey(), deep(property.getValue(), rule)));
        if (!allowed.isEmpty()) {
            out.put("reference", allowed);
        }
        return out;
    }
}
