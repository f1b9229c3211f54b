package allmende.core.cohort;

import allmende.core.fhir.Coding;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The criteria that can be asked, by context code; read from one declarative file per module of the core data set.
 *
 * @param contexts by their code, in the order of the files
 */
public record Catalogue(Map<String, ContextDefinition> contexts) {

    /** The code system of contexts. */
    public static final String CONTEXT_SYSTEM = "fdpg.mii.cds";

    public Catalogue {
        contexts = Collections.unmodifiableMap(new LinkedHashMap<>(contexts));
    }

    /** The context with this code or alias in {@code fdpg.mii.cds}. */
    public Optional<ContextDefinition> context(String code) {
        ContextDefinition exact = contexts.get(code);
        if (exact != null) {
            return Optional.of(exact);
        }
        return contexts.values().stream()
                .filter(context -> context.aliases().contains(code))
                .findFirst();
    }

    /** All contexts that read resources of this type. */
    public Collection<ContextDefinition> ofType(String resourceType) {
        return contexts.values().stream()
                .filter(context -> context.resourceType().equals(resourceType))
                .toList();
    }

    /**
     * The context that queries without one mean by this term: the one that claims the code, else the one that claims its
     * system; null where none does.
     */
    public @Nullable ContextDefinition defaultContext(Coding term) {
        ContextDefinition byCode = claiming(term.system() + "|" + term.code());
        return byCode != null ? byCode : claiming(term.system());
    }

    private @Nullable ContextDefinition claiming(String token) {
        List<ContextDefinition> claiming = contexts.values().stream()
                .filter(context -> context.defaultFor().contains(token))
                .toList();
        return claiming.isEmpty() ? null : claiming.getFirst();
    }
}
