package allmende.engine.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Searches in a store. Safe for several threads. */
public interface Search {

    /**
     * Carries a search out. The first page shows what was committed before the call, unless the index is far behind;
     * each page names the snapshot that it shows, and all pages of one search show the same.
     *
     * @param after where the page before ended; null for the first one
     * @throws SearchUnavailable if the index can't be read
     */
    SearchAnswer find(SearchRequest request, SearchPage.@Nullable Cursor after);

    /**
     * Which current resources of a type meet criteria, for conditional interactions. Sees every transaction that was
     * committed before the call. Criteria are never ignored: what is not understood is refused.
     *
     * @param limit how many keys are wanted at most; 2 tells whether there is more than one
     */
    Matches matching(String type, List<SearchRequest.Parameter> criteria, int limit);
}
