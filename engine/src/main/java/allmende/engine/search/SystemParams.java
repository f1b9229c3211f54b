package allmende.engine.search;

import java.util.Set;

/** Parameters that every type has and that are told by the store, not by the resource's content. */
final class SystemParams {

    static final String ID = "_id";
    static final String LAST_UPDATED = "_lastUpdated";

    /** Their names. */
    static final Set<String> CODES = Set.of(ID, LAST_UPDATED);

    private SystemParams() {}
}
