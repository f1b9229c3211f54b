package allmende.core.deident.risk;

import java.util.List;
import java.util.Set;

/** Which rows are left out so that a table reaches its thresholds; made by {@link RiskCounter#suppression}. */
public final class Suppression {

    private final Thresholds thresholds;
    private final Set<List<String>> kept;
    private final long suppressed;
    private final long left;

    Suppression(Thresholds thresholds, Set<List<String>> kept, long suppressed, long left) {
        this.thresholds = thresholds;
        this.kept = kept;
        this.suppressed = suppressed;
        this.left = left;
    }

    /** Whether a row of the table that was counted may leave. */
    public boolean keeps(RiskRow row) {
        return kept.contains(row.quasiIdentifiers());
    }

    /** What is reached by it. */
    public Thresholds thresholds() {
        return thresholds;
    }

    /** Rows that are left out. */
    public long suppressed() {
        return suppressed;
    }

    /** Rows that leave. */
    public long left() {
        return left;
    }
}
