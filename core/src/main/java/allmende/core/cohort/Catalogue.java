package allmende.core.cohort;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * The criteria that can be asked, by context code; read from one declarative file per module of the core data set.
 */
public record Catalogue(Map<String, ContextDefinition> contexts) {

    public Catalogue {
        contexts = Map.copyOf(contexts);
    }

    /** The context with this code in {@code fdpg.mii.cds}. */
    public Optional<ContextDefinition> context(String code) {
        return Optional.ofNullable(contexts.get(code));
    }

    /** All contexts that read resources of this type. */
    public Collection<ContextDefinition> ofType(String resourceType) {
        return contexts.values().stream()
                .filter(context -> context.resourceType().equals(resourceType))
                .toList();
    }
}
