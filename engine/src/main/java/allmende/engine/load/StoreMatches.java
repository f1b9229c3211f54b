package allmende.engine.load;

import allmende.core.fhir.ResourceKey;
import allmende.engine.store.ResourceWrite;
import allmende.engine.store.Store;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What searches by identifier find in the store, remembered, since thousands of resources name the same few
 * practitioners and organisations. Forgets when a commit of this load may have changed an answer.
 */
final class StoreMatches {

    private static final int REMEMBERED_MAX = 100_000;

    private final Store store;
    private final Map<ConditionalQuery, List<ResourceKey>> remembered = new HashMap<>();
    private final Set<ResourceKey> found = new HashSet<>();

    StoreMatches(Store store) {
        this.store = store;
    }

    List<ResourceKey> find(ConditionalQuery query) {
        List<ResourceKey> known = remembered.get(query);
        if (known == null) {
            if (remembered.size() >= REMEMBERED_MAX) {
                forget();
            }
            known = store.findByIdentifier(query.type(), query.system(), query.value());
            remembered.put(query, known);
            found.addAll(known);
        }
        return known;
    }

    /** Forgets everything: others write into the store, too. */
    void forget() {
        remembered.clear();
        found.clear();
    }

    /** Hears that this was committed. */
    void committed(ResourceWrite write) {
        if (!remembered.isEmpty() && mayChange(write)) {
            forget();
        }
    }

    private boolean mayChange(ResourceWrite write) {
        if (found.contains(write.key())) {
            return true;
        }
        String type = write.key().type();
        for (ResourceWrite.Identifier identifier : write.identifiers()) {
            if (remembered.containsKey(new ConditionalQuery(type, identifier.system(), identifier.value()))
                    || remembered.containsKey(new ConditionalQuery(type, "", identifier.value()))) {
                return true;
            }
        }
        return false;
    }
}
