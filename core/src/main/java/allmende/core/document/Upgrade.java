package allmende.core.document;

import java.util.List;

/**
 * A document in the newest version of its format.
 *
 * @param differences every change, to be shown before the document is kept; empty where it was the newest already
 */
public record Upgrade<D>(D document, List<Difference> differences) {
    public Upgrade {
        differences = List.copyOf(differences);
    }
}
