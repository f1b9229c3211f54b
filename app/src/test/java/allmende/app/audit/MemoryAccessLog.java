package allmende.app.audit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Keeps the newest accesses in memory alone, for tests and for sites that are put together without a data folder. */
public final class MemoryAccessLog implements AccessLog {

    private static final int KEPT_MAX = 10_000;

    private final Deque<Access> kept = new ArrayDeque<>();

    /** An empty log. */
    public MemoryAccessLog() {}

    @Override
    public synchronized void record(Access access) {
        kept.addLast(access);
        if (kept.size() > KEPT_MAX) {
            kept.removeFirst();
        }
    }

    @Override
    public void require() {}

    /** What was noted, oldest first. */
    public synchronized List<Access> accesses() {
        return List.copyOf(kept);
    }
}
