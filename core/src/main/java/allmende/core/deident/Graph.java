package allmende.core.deident;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiled rules.
 *
 * @param roots by resource type, for the types that rules speak of
 * @param labels the elements that no rule names; their counts follow those of the rules
 */
record Graph(Map<String, Edge> roots, List<String> labels) {

    @Nullable
    Edge root(String resourceType) {
        return roots.get(resourceType);
    }
}
