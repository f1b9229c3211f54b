package allmende.app.fhirapi;

import allmende.core.fhir.FhirJson;
import allmende.core.fhir.Properties;
import allmende.engine.search.ResultForm;
import allmende.engine.search.ResultForm.Summary;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

    private static final Elements NONE = new Elements(Set.of(), Set.of());

    private final Summary summary;
    private final Set<String> elements;

    /** By type and property, so that it is decided once for all resources of an answer. */
    private final Map<String, Map<String, Boolean>> shown = new HashMap<>();

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

    /** Writes what is shown of a resource, which is compact JSON with a {@code meta}. Not for several threads at once. */
    void write(String type, byte[] resource, OutputStream out) throws IOException {
        Map<String, Boolean> known = shown.computeIfAbsent(type, _ -> new HashMap<>());
        Elements elementsOfType = TYPES.getOrDefault(type, NONE);
        char before = '{';
        for (Properties property = new Properties(resource); property.next(); ) {
            String name = property.name();
            if (known.computeIfAbsent(name, _ -> isShown(name, elementsOfType))) {
                out.write(before);
                before = ',';
                out.write(JsonTexts.quoted(name).getBytes(StandardCharsets.UTF_8));
                out.write(':');
                if (name.equals("meta")) {
                    out.write(tagged(Arrays.copyOfRange(resource, property.from(), property.to())));
                } else {
                    out.write(resource, property.from(), property.to() - property.from());
                }
            }
        }
        out.write('}');
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

    private static byte[] tagged(byte[] meta) {
        ObjectNode all = (ObjectNode) FhirJson.parse(meta);
        ArrayNode tags = all.get("tag") instanceof ArrayNode there ? there : all.putArray("tag");
        tags.addObject().put("system", TAGS).put("code", "SUBSETTED");
        return FhirJson.write(all);
    }
}
