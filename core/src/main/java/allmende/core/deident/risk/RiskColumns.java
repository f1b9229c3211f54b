package allmende.core.deident.risk;

import java.util.HashSet;
import java.util.List;

/**
 * What the risk of a table is measured over.
 *
 * @param quasiIdentifiers columns that somebody may know of a person from elsewhere; at least one
 * @param sensitive columns that nobody should learn; may be none
 */
public record RiskColumns(List<String> quasiIdentifiers, List<String> sensitive) {

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException without quasi-identifiers, or if a column is named twice
     */
    public RiskColumns {
        quasiIdentifiers = List.copyOf(quasiIdentifiers);
        sensitive = List.copyOf(sensitive);
        if (quasiIdentifiers.isEmpty()) {
            throw new IllegalArgumentException("risk is measured over at least one quasi-identifier");
        }
        HashSet<String> names = new HashSet<>(quasiIdentifiers);
        names.addAll(sensitive);
        if (names.size() != quasiIdentifiers.size() + sensitive.size()) {
            throw new IllegalArgumentException("a column is named once");
        }
    }
}
