package allmende.engine.search;

import java.util.List;

/** What becomes of a search. */
public sealed interface SearchAnswer {

    /** It was carried out. */
    record Found(SearchPage page) implements SearchAnswer {}

    /** It was not, for these reasons. */
    record Refused(List<Refusal> reasons) implements SearchAnswer {
        public Refused {
            reasons = List.copyOf(reasons);
        }
    }
}
