package allmende.engine.load;

import allmende.engine.store.Commit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts what became of everything that came. What came and what became of it are counted apart. */
final class Tally {

    private long received;
    private long stored;
    private long unchanged;
    private long quarantined;
    private long pieces;
    private long t;
    private final Map<String, Long> storedByType = new TreeMap<>();
    private final Map<String, Long> quarantinedByCode = new TreeMap<>();
    private final Set<Input> renewed = new HashSet<>();

    void received(long resources) {
        received += resources;
    }

    void unchanged() {
        unchanged++;
    }

    void committed(long reached, List<Pending.Change> changes, List<Commit.Outcome> outcomes) {
        t = Math.max(t, reached);
        for (int i = 0; i < changes.size(); i++) {
            switch (outcomes.get(i)) {
                case CREATED, UPDATED, DELETED -> {
                    stored++;
                    storedByType.merge(changes.get(i).write().key().type(), 1L, Long::sum);
                }
                case UNCHANGED -> unchanged++;
            }
        }
    }

    /** Counts a piece that goes to quarantine under this label. */
    void quarantined(Input input, String label, RejectionCode code, int resources) {
        quarantined += resources;
        pieces++;
        quarantinedByCode.merge(code.code(), (long) resources, Long::sum);
        if (input.isPiece() && label.equals(input.entry())) {
            renewed.add(input);
        }
    }

    /** Whether the piece that was retried stays in quarantine under its own name. */
    boolean stays(Input retried) {
        return renewed.contains(retried);
    }

    /** Counts of all that was settled; throws where they do not conserve. */
    LoadReport report(long currentT, List<LoadReport.Ignored> ignored) {
        return new LoadReport(
                received,
                stored,
                unchanged,
                quarantined,
                t == 0 ? currentT : t,
                storedByType,
                quarantinedByCode,
                pieces,
                ignored);
    }
}
