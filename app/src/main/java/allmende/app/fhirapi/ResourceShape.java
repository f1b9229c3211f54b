package allmende.app.fhirapi;

import allmende.core.fhir.FhirJson;
import allmende.engine.search.ResultForm;
import allmende.engine.search.ResultForm.Summary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How much of a resource a result shows: {@code _elements} and {@code _summary} (FHIR R4, 3.1.1.5.8 and 3.1.1.5.9). What is
 * left out is told by the tag SUBSETTED. Mandatory elements always stay.
 */
final class ResourceShape {

    private static final Set<String> ALWAYS = Set.of("resourceType", "id", "meta");
    private static final String TAGS = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";
    private static final Map<String, Elements> TYPES = read();

    private final Summary summary;
    private final Set<String> elements;

    private ResourceShape(Summary summary, Set<String> elements) {
        this.summary = summary;
        this.elements = elements;
    }

    /** What the definition of a type says; choices by their name without the type. */
    private record Elements(Set<String> mandatory, Set<String> summary) {}

    /** The shape that a search asks for; null for whole resources. */
    static @Nullable ResourceShape of(ResultForm form) {
        Set<String> wanted = new HashSet<>();
        for (String element : form.elements()) {
            String first = element.split("\\.", 2)[0];
            boolean isType =
                    !first.isEmpty() && Character.isUpperCase(first.charAt(0)) && element.length() > first.length();
            wanted.add(isType ? element.split("\\.", 3)[1] : first);
        }
        boolean whole = wanted.isEmpty() && (form.summary() == Summary.FALSE || form.summary() == Summary.COUNT);
        return whole ? null : new ResourceShape(form.summary(), wanted);
    }

    private static Map<String, Elements> read() {
        Map<String, Elements> types = new HashMap<>();
        try (InputStream table =
                Objects.requireNonNull(ResourceShape.class.getResourceAsStream("/allmende/fhirapi/elements.tsv"))) {
            for (String line : new String(table.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.startsWith("#")) {
                    String[] cells = line.split("\t", -1);
                    types.put(cells[0], new Elements(names(cells[1]), names(cells[2])));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return types;
    }

    private static Set<String> names(String cell) {
        return Set.copyOf(Arrays.asList(cell.replace("[x]", "").split(" ")));
    }

    /** The resource with what is shown of it. */
    byte[] shown(byte[] resource) {
        ObjectNode all = (ObjectNode) FhirJson.parse(resource);
        Elements type = TYPES.getOrDefault(all.path("resourceType").stringValue(""), new Elements(Set.of(), Set.of()));
        ObjectNode kept = FhirJson.mapper().createObjectNode();
        for (Map.Entry<String, JsonNode> property : all.properties()) {
            if (isShown(property.getKey(), type)) {
                kept.set(property.getKey(), property.getValue());
            }
        }
        tag(kept);
        return FhirJson.write(kept);
    }

    private boolean isShown(String property, Elements type) {
        String name = property.startsWith("_") ? property.substring(1) : property;
        if (ALWAYS.contains(name) || holds(type.mandatory(), name)) {
            return true;
        }
        if (!elements.isEmpty()) {
            return holds(elements, name);
        }
        return switch (summary) {
            case TRUE -> holds(type.summary(), name);
            case TEXT -> name.equals("text");
            case DATA -> !name.equals("text");
            case FALSE, COUNT -> true;
        };
    }

    /** Whether the names hold this one, or the choice of which it is a form: {@code value} for {@code valueQuantity}. */
    private static boolean holds(Set<String> names, String name) {
        if (names.contains(name)) {
            return true;
        }
        for (int i = 1; i < name.length(); i++) {
            if (Character.isUpperCase(name.charAt(i)) && names.contains(name.substring(0, i))) {
                return true;
            }
        }
        return false;
    }

    private static void tag(ObjectNode resource) {
        ObjectNode meta = resource.get("meta") instanceof ObjectNode there ? there : resource.putObject("meta");
        ArrayNode tags = meta.get("tag") instanceof ArrayNode there ? there : meta.putArray("tag");
        tags.addObject().put("system", TAGS).put("code", "SUBSETTED");
    }
}
