package allmende.engine.index;

import allmende.core.cohort.Catalogue;
import allmende.core.terminology.Terminology;
import allmende.engine.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The index of one site. It follows the store's change feed and answers from what it has reached. One process has it open
 * at a time. Thread-safe.
 */
public final class CohortIndex implements AutoCloseable {

    private CohortIndex() {}

    /**
     * Opens the index in this directory, creating it where there is none. An index of another format, catalogue or
     * terminology is not used: a new one begins empty and fills by {@link #catchUp} or {@link #follow}.
     */
    public static Opened open(Path directory, Store store, Catalogue catalogue, Terminology terminology) {
        return new Opened.InUse("The index can't be opened yet.");
    }

    /** Starts following the store in the background until closed: a commit is counted within a second. */
    public void follow() {}

    /** Reads the feed up to where the store is now, on the caller's thread, and returns the {@code t} reached. */
    public long catchUp() {
        return 0;
    }

    /** Waits until the index has reached {@code t}; false where the time was too short. */
    public boolean awaitT(long t, Duration timeout) {
        return false;
    }

    /** The snapshot of the store that the index has reached. */
    public long t() {
        return 0;
    }

    /** Builds the index anew from the store while the present one answers and follows, then replaces it. */
    public void rebuild(IndexProgress progress) {}

    /** After an erasure: rewrites the index so that nothing of what was erased stays in its files. */
    public void purge() {}

    /** What the index holds. */
    public IndexStatistics statistics() {
        return new IndexStatistics(0, 0, 0, List.of(), List.of());
    }

    /** The concepts of a context with the most facts, most first. */
    public List<IndexStatistics.ConceptCount> topConcepts(String context, int limit) {
        return List.of();
    }

    @Override
    public void close() {}
}
