package allmende.core.deident.risk;

import java.util.List;

/**
 * One person of a data set as others may see them.
 *
 * @param quasiIdentifiers values in the order of {@link RiskColumns#quasiIdentifiers}; empty text where one is missing, which
 *     looks like any other missing one
 * @param sensitive values in the order of {@link RiskColumns#sensitive}
 */
public record RiskRow(List<String> quasiIdentifiers, List<String> sensitive) {

    /** Copies the lists. */
    public RiskRow {
        quasiIdentifiers = List.copyOf(quasiIdentifiers);
        sensitive = List.copyOf(sensitive);
    }
}
