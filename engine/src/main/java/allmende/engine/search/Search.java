package allmende.engine.search;

import java.util.List;

/** Searches in a store. Safe for several threads. */
public interface Search {

    /**
     * Which current resources of a type meet criteria, for conditional interactions. Sees every transaction that was
     * committed before the call. Criteria are never ignored: what is not understood is refused.
     *
     * @param limit how many keys are wanted at most; 2 tells whether there is more than one
     */
    Matches matching(String type, List<SearchRequest.Parameter> criteria, int limit);
}
