package allmende.engine.search;

import allmende.core.path.Env;
import allmende.core.path.FhirPath;
import allmende.core.path.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is kept in the index of a type for one expression. Parameters with the same expression share a field.
 *
 * @param name name in the index
 * @param type how values are read and compared
 * @param parts where the values are
 */
record Field(String name, ParamType type, List<Part> parts) {

    Field {
        parts = List.copyOf(parts);
    }

    /** One path to values; of references only those to the targets, or all where none is named. */
    record Part(FhirPath path, Set<String> targets) {}

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
