package allmende.core.deident;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which elements the types of HL7 FHIR R4 have (r4-elements.txt). A rule set can say with it, before any data come, what
 * each of its rules applies to; and what no type has is no element and does not leave.
 */
final class R4Types {

    /** The parent of all elements. */
    static final String ELEMENT = "Element";

    /** The parent of all resources, and the type of elements that hold one. */
    static final String RESOURCE = "Resource";

    static final String EXTENSION = "Extension";

    private static final String FILE = "/allmende/deident/r4-elements.txt";

    /**
     * An element of a type.
     *
     * @param types the types to choose from, one where there is no choice
     * @param choice whether its JSON property carries the type at its end, {@code value} as {@code valueQuantity}
     */
    record Element(String name, List<String> types, boolean repeats, boolean choice) {

        /** The JSON property that holds the element in one of its types. */
        String property(String type) {
            return choice ? name + Character.toUpperCase(type.charAt(0)) + type.substring(1) : name;
        }
    }

    private record Struct(@Nullable String parent, Map<String, Element> elements) {}

    private static final class Holder {
        static final R4Types TYPES = new R4Types(text());
    }

    private final Set<String> primitives = new HashSet<>();
    private final Map<String, Struct> structs = new HashMap<>();
    private final Map<String, List<String>> lineages = new HashMap<>();
    private List<String> open = List.of();

    private R4Types(String file) {
        file.lines().filter(line -> !line.startsWith("#")).forEach(this::read);
        for (String type : primitives) {
            lineages.put(type, List.of(type, ELEMENT));
        }
        for (String type : structs.keySet()) {
            lineages.put(type, climb(type));
        }
    }

    static R4Types get() {
        return Holder.TYPES;
    }

    boolean isPrimitive(String type) {
        return primitives.contains(type);
    }

    boolean isKnown(String type) {
        return lineages.containsKey(type);
    }

    boolean isResource(String type) {
        return lineage(type).contains(RESOURCE);
    }

    /** The type, its parent and so on up; empty for unknown types. */
    List<String> lineage(String type) {
        return lineages.getOrDefault(type, List.of());
    }

    /** All elements of a type, those of its parents first. */
    List<Element> elements(String type) {
        List<Element> elements = new ArrayList<>();
        for (String ancestor : lineage(type).reversed()) {
            Struct struct = structs.get(ancestor);
            if (struct != null) {
                elements.addAll(struct.elements().values());
            }
        }
        return elements;
    }

    /** The element of this name; null if the type has none. */
    @Nullable
    Element element(String type, String name) {
        for (String ancestor : lineage(type)) {
            Struct struct = structs.get(ancestor);
            Element element = struct == null ? null : struct.elements().get(name);
            if (element != null) {
                return element;
            }
        }
        return null;
    }

    private void read(String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "primitive" -> primitives.addAll(List.of(words).subList(1, words.length));
            case "open" -> open = List.of(words[1].split("\\|"));
            default -> {
                String[] names = words[0].split("<");
                Map<String, Element> elements = new LinkedHashMap<>();
                for (int i = 1; i < words.length; i++) {
                    Element element = element(words[i]);
                    elements.put(element.name(), element);
                }
                structs.put(names[0], new Struct(names.length > 1 ? names[1] : null, elements));
            }
        }
    }

    private Element element(String word) {
        int colon = word.indexOf(':');
        String name = word.substring(0, colon);
        boolean repeats = word.endsWith("*");
        String types = word.substring(colon + 1, repeats ? word.length() - 1 : word.length());
        boolean choice = name.endsWith("[x]");
        return new Element(
                choice ? name.substring(0, name.length() - 3) : name,
                types.equals("open") ? open : List.of(types.split("\\|")),
                repeats,
                choice);
    }

    private List<String> climb(String type) {
        List<String> lineage = new ArrayList<>();
        String at = type;
        while (at != null) {
            lineage.add(at);
            Struct struct = structs.get(at);
            at = struct == null ? null : struct.parent();
        }
        return List.copyOf(lineage);
    }

    private static String text() {
        try (InputStream in = R4Types.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
