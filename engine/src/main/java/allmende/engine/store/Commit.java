package allmende.engine.store;

import java.util.List;

/**
 * What a transaction did.
 *
 * @param t its number; the newest earlier number where every write was unchanged
 * @param outcomes one per write, in order
 */
public record Commit(long t, List<Outcome> outcomes) {

    public Commit {
        outcomes = List.copyOf(outcomes);
    }

    /** What became of one write. */
    public enum Outcome {
        CREATED,
        UPDATED,
        DELETED,
        UNCHANGED
    }
}
