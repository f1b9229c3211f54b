package allmende.app.concepts;

import java.util.List;

/**
 * What became of a pasted list of codes, in the order of the list; a code that is listed twice counts once.
 *
 * @param found codes that name one concept
 * @param ambiguous codes that name several, in other contexts or systems
 * @param missing codes that name none, as they were pasted
 * @param cut number of codes that were left out because the list is too long
 */
public record BulkResult(List<Concept> found, List<Ambiguous> ambiguous, List<String> missing, int cut) {

    /** A code with the concepts that it may mean. */
    public record Ambiguous(String code, List<Concept> concepts) {
        public Ambiguous {
            concepts = List.copyOf(concepts);
        }
    }

    public BulkResult {
        found = List.copyOf(found);
        ambiguous = List.copyOf(ambiguous);
        missing = List.copyOf(missing);
    }
}
