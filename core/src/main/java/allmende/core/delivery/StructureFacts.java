package allmende.core.delivery;

import allmende.core.profile.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What an installed {@code StructureDefinition} says about the elements of a profile. */
public final class StructureFacts implements ElementFacts {

    private static final String SYSTEM_TYPE = "http://hl7.org/fhirpath/System.";

    private final Map<String, JsonNode> elements = new LinkedHashMap<>();
    private final Function<String, Optional<JsonNode>> definitions;
    private final Map<String, ElementFact> known = new HashMap<>();

    /**
     * The facts of a definition; of its snapshot if it has one.
     *
     * @param definitions finds other definitions by their canonical URLs: those of extensions
     */
    public StructureFacts(JsonNode definition, Function<String, Optional<JsonNode>> definitions) {
        this.definitions = definitions;
        String part = definition.has("snapshot") ? "snapshot" : "differential";
        for (JsonNode element : definition.path(part).path("element").values()) {
            elements.put(element.path("id").asString(""), element);
        }
    }

    @Override
    public ElementFact fact(String id) {
        ElementFact fact = known.get(id);
        if (fact == null) {
            fact = read(id);
            known.put(id, fact);
        }
        return fact;
    }

    private ElementFact read(String id) {
        JsonNode element = elements.get(id);
        if (element == null) {
            return inExtension(id);
        }
        List<String> urls = extensions(element);
        List<String> types = urls.isEmpty() ? types(element) : valueTypes(urls);
        return new ElementFact(types, max(element), condition(id, element), urls, title(element));
    }

    @Override
    public List<String> children(String id) {
        List<String> names = new ArrayList<>();
        JsonNode element = elements.get(id);
        if (element != null && !extensions(element).isEmpty()) {
            definitions.apply(extensions(element).getFirst()).ifPresent(definition -> inner(definition, names));
            return names;
        }
        String prefix = id + ".";
        for (String below : elements.keySet()) {
            String name = below.startsWith(prefix) ? below.substring(prefix.length()) : ".";
            boolean plain = name.indexOf('.') < 0 && name.indexOf(':') < 0;
            if (plain && !name.equals("id") && !name.endsWith("xtension")) {
                names.add(name);
            }
        }
        return names;
    }

    private static void inner(JsonNode definition, List<String> names) {
        new StructureFacts(definition, url -> Optional.empty())
                .elements.keySet().stream()
                        .filter(id -> id.startsWith("Extension.extension:") && id.indexOf('.', 10) < 0)
                        .forEach(id -> names.add(id.substring("Extension.".length())));
    }

    /** An extension inside an extension, which the definition of the outer one describes. */
    private ElementFact inExtension(String id) {
        int at = id.lastIndexOf(".extension:");
        JsonNode outer = at < 0 ? null : elements.get(id.substring(0, at));
        List<String> urls = outer == null ? List.of() : extensions(outer);
        if (urls.isEmpty()) {
            return ElementFact.UNKNOWN;
        }
        return definitions
                .apply(urls.getFirst())
                .map(definition -> new StructureFacts(definition, definitions).part("Extension" + id.substring(at)))
                .orElse(ElementFact.UNKNOWN);
    }

    private ElementFact part(String id) {
        JsonNode element = elements.getOrDefault(id, MissingNode.getInstance());
        JsonNode url = elements.getOrDefault(id + ".url", MissingNode.getInstance());
        JsonNode value = elements.getOrDefault(id + ".value[x]", MissingNode.getInstance());
        String address = url.path("fixedUri").asString("");
        return address.isEmpty()
                ? fact(id)
                : new ElementFact(types(value), max(element), null, List.of(address), title(element));
    }

    private static List<String> extensions(JsonNode element) {
        List<String> urls = new ArrayList<>();
        for (JsonNode type : element.path("type").values()) {
            if (type.path("code").asString("").equals("Extension")) {
                type.path("profile").values().forEach(url -> urls.add(withoutVersion(url.asString(""))));
            }
        }
        return urls;
    }

    private static String withoutVersion(String canonical) {
        int bar = canonical.indexOf('|');
        return bar < 0 ? canonical : canonical.substring(0, bar);
    }

    private List<String> valueTypes(List<String> urls) {
        return definitions
                .apply(urls.getFirst())
                .map(definition -> new StructureFacts(definition, url -> Optional.empty())
                        .elements.getOrDefault("Extension.value[x]", MissingNode.getInstance()))
                .map(StructureFacts::types)
                .orElse(List.of());
    }

    private static List<String> types(JsonNode element) {
        if (element.path("max").asString("").equals("0")) {
            return List.of();
        }
        List<String> types = new ArrayList<>();
        for (JsonNode type : element.path("type").values()) {
            String code = type.path("code").asString("");
            types.add(code.startsWith(SYSTEM_TYPE) ? "string" : code);
        }
        return types.stream().distinct().toList();
    }

    private static int max(JsonNode element) {
        String max = element.path("max").asString("");
        return max.equals("*") ? Integer.MAX_VALUE : max.isEmpty() ? 0 : Integer.parseInt(max);
    }

    /** How elements of the slice are told from others; null where it is no slice or the profile tells it by other means. */
    private @Nullable String condition(String id, JsonNode element) {
        int colon = id.lastIndexOf(':');
        if (colon < id.lastIndexOf('.')) {
            return null;
        }
        JsonNode slicing = elements.getOrDefault(id.substring(0, colon), MissingNode.getInstance())
                .path("slicing");
        List<String> parts = new ArrayList<>();
        for (JsonNode discriminator : slicing.path("discriminator").values()) {
            String type = discriminator.path("type").asString("");
            if (type.equals("value") || type.equals("pattern")) {
                parts.addAll(told(id, discriminator.path("path").asString("")));
            }
        }
        if (parts.isEmpty()) {
            parts.addAll(own(id, element));
        }
        String condition = String.join(" and ", parts);
        return condition.isEmpty() ? null : condition;
    }

    private List<String> told(String id, String path) {
        String where = path.equals("$this") ? id : id + "." + path;
        JsonNode element = elements.get(where);
        JsonNode pattern = element == null ? null : pattern(element);
        if (pattern != null) {
            return List.of(Conditions.at(path, pattern));
        }
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> below : elements.entrySet()) {
            String step =
                    below.getKey().startsWith(where + ".") ? below.getKey().substring(where.length() + 1) : "";
            JsonNode fixed =
                    step.isEmpty() || step.contains(":") || step.contains("(") ? null : pattern(below.getValue());
            if (fixed != null) {
                String whole = path.equals("$this") ? step : path + "." + step;
                parts.add(whole + ".where(" + Conditions.matching(fixed) + ").exists()");
            }
        }
        return parts;
    }

    private List<String> own(String id, JsonNode element) {
        JsonNode pattern = pattern(element);
        if (pattern != null) {
            return List.of(Conditions.matching(pattern));
        }
        for (String step : List.of("system", "coding.system", "type", "code")) {
            JsonNode below = elements.get(id + "." + step);
            JsonNode fixed = below == null ? null : pattern(below);
            if (fixed != null) {
                return List.of(step + ".where(" + Conditions.matching(fixed) + ").exists()");
            }
        }
        return List.of();
    }

    private static @Nullable JsonNode pattern(JsonNode element) {
        for (Map.Entry<String, JsonNode> property : element.properties()) {
            if (property.getKey().startsWith("pattern") || property.getKey().startsWith("fixed")) {
                return property.getValue();
            }
        }
        return null;
    }

    private static @Nullable Words title(JsonNode element) {
        String plain = element.path("short").asString("");
        if (plain.isEmpty()) {
            return null;
        }
        String german = plain;
        String english = plain;
        for (JsonNode extension : element.path("_short").path("extension").values()) {
            String language = part(extension, "lang");
            String content = part(extension, "content");
            if (!content.isEmpty() && language.startsWith("de")) {
                german = content;
            } else if (!content.isEmpty() && language.startsWith("en")) {
                english = content;
            }
        }
        return new Words(german, english);
    }

    private static String part(JsonNode extension, String url) {
        for (JsonNode inner : extension.path("extension").values()) {
            if (inner.path("url").asString("").equals(url)) {
                return inner.path("valueCode")
                        .asString(inner.path("valueString")
                                .asString(inner.path("valueMarkdown").asString("")));
            }
        }
        return "";
    }
}
