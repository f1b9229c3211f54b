package allmende.app.concepts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Part of what a search found, best first.
 *
 * @param concepts the concepts of this page
 * @param total number of all that were found, with the filter applied
 * @param offset number of concepts before this page
 * @param contexts how many were found per context if only the context were not filtered, in the catalogue's order;
 *     contexts without any are left out
 */
public record SearchPage(List<Concept> concepts, int total, int offset, Map<String, Integer> contexts) {
    public SearchPage {
        concepts = List.copyOf(concepts);
        contexts = Collections.unmodifiableMap(new LinkedHashMap<>(contexts));
    }

    /** Whether more were found than the pages up to this one show. */
    public boolean more() {
        return offset + concepts.size() < total;
    }
}
