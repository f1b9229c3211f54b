package allmende.app.concepts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Narrows a search; a part that is null does not.
 *
 * @param context code of a context
 * @param module name of a module
 * @param system URI of a code system
 * @param withData only what some site has published patients for
 * @param systems URIs of the code systems to choose from; empty for all
 */
public record ConceptFilter(
        @Nullable String context,
        @Nullable String module,
        @Nullable String system,
        boolean withData,
        List<String> systems) {

    public ConceptFilter {
        systems = List.copyOf(systems);
    }

    /** A filter with all code systems to choose from. */
    public ConceptFilter(@Nullable String context, @Nullable String module, @Nullable String system, boolean withData) {
        this(context, module, system, withData, List.of());
    }

    /** Everything. */
    public static final ConceptFilter NONE = new ConceptFilter(null, null, null, false);
}
