package allmende.app.concepts;

import org.jspecify.annotations.Nullable;

/**
 * Narrows a search; a part that is null does not.
 *
 * @param context code of a context
 * @param module name of a module
 * @param system URI of a code system
 * @param withData only what some site has published patients for
 */
public record ConceptFilter(
        @Nullable String context,
        @Nullable String module,
        @Nullable String system,
        boolean withData) {

    /** Everything. */
    public static final ConceptFilter NONE = new ConceptFilter(null, null, null, false);
}
