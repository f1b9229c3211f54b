package allmende.core.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The elements of FHIR R4's types, as far as tables show them. */
final class FhirTypes {

    /** An element of a type; a choice's name ends in {@code [x]}. */
    record Child(String name, List<String> types, boolean repeats) {}

    private static final String CHOICE = "[x]";
    private static final Map<String, Map<String, Child>> TYPES = read("r4.txt");

    private FhirTypes() {}

    /** The elements of a type in order; none where the type is not known here. */
    static List<Child> children(String type) {
        return List.copyOf(TYPES.getOrDefault(type, Map.of()).values());
    }

    /** An element of a type by its name, with or without {@code [x]}. */
    static @Nullable Child child(String type, String name) {
        Map<String, Child> children = TYPES.getOrDefault(type, Map.of());
        Child child = children.get(name);
        return child == null ? children.get(name + CHOICE) : child;
    }

    static boolean isPrimitive(String type) {
        return !type.isEmpty() && Character.isLowerCase(type.charAt(0));
    }

    static boolean isChoice(String name) {
        return name.endsWith(CHOICE);
    }

    /** The name of an element in a path: without {@code [x]}. */
    static String plain(String name) {
        return isChoice(name) ? name.substring(0, name.length() - CHOICE.length()) : name;
    }

    private static Map<String, Map<String, Child>> read(String file) {
        Map<String, Map<String, Child>> types = new LinkedHashMap<>();
        for (String line : lines(file)) {
            String[] words = line.split(" ");
            Map<String, Child> children = new LinkedHashMap<>();
            for (int i = 1; i < words.length; i++) {
                int equals = words[i].indexOf('=');
                boolean repeats = words[i].endsWith("*");
                String name = words[i].substring(0, equals);
                String list = words[i].substring(equals + 1, words[i].length() - (repeats ? 1 : 0));
                children.put(name, new Child(name, List.of(list.split("\\|")), repeats));
            }
            types.put(words[0], children);
        }
        return types;
    }

    /** The lines of a file of this package that are neither empty nor a remark. */
    static List<String> lines(String file) {
        try (InputStream in = FhirTypes.class.getResourceAsStream("/allmende/delivery/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the file " + file + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
