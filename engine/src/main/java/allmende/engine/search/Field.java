package allmende.engine.search;

import allmende.core.path.Env;
import allmende.core.path.FhirPath;
import allmende.core.path.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is kept in the index of a type for one expression. Parameters with the same expression share a field.
 *
 * @param name name in the index
 * @param type how values are read and compared
 * @param parts where the values are
 */
record Field(String name, ParamType type, List<Part> parts) {

    private static final Map<String, String> SYSTEMS = ParamDefinitions.lines("/allmende/search/codes.tsv").stream()
            .map(line -> line.split("\t", -1))
            .collect(Collectors.toUnmodifiableMap(cells -> cells[0], cells -> cells[1]));

    private static final Pattern STEPS = Pattern.compile(
            "(?:[A-Z][A-Za-z]*\\.)?([a-z][A-Za-z]*)(?:\\.[a-z][A-Za-z]*(?!\\w|\\()|\\.(?:ofType|where)\\([^()]*\\))*");

    Field {
        parts = List.copyOf(parts);
    }

    /** One path to values; of references only those to the targets, or all where none is named. */
    record Part(FhirPath path, Set<String> targets) {

        /** The element of the resource with which a path of plain steps begins; empty for other paths. */
        String root() {
            Matcher steps = STEPS.matcher(path.text());
            return steps.matches() ? steps.group(1) : "";
        }
    }

    /** The elements with which its paths begin: without any of them there are no values. Holds "" if that can't be told. */
    Set<String> roots() {
        return parts.stream().map(Part::root).collect(Collectors.toUnmodifiableSet());
    }

    /** The system of plain codes in the field; null where the element's definition names none. */
    @Nullable
    String system() {
        return parts.size() == 1 ? SYSTEMS.get(parts.getFirst().path().text()) : null;
    }

    /** The values in a resource, or in an element of it. */
    List<Item> values(Item focus, Item resource) {
        Env env = new Env(resource, Map.of(), 0);
        if (parts.size() == 1) {
            return parts.getFirst().path().evaluate(focus, env);
        }
        List<Item> values = new ArrayList<>();
        for (Part part : parts) {
            values.addAll(part.path().evaluate(focus, env));
        }
        return values;
    }
}
