package allmende.engine.index;

import allmende.engine.store.ChangePage;
import allmende.engine.store.Store;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an index up with its store. One thread follows; a second one rewrites the file when too much has come to lie
 * unsorted, while the first goes on. Whoever writes to the present file holds {@code writing}.
 */
final class Follower implements AutoCloseable {

    /** Changes that are asked for at once. */
    static final int PAGE = 10_000;

    /** Longest pause between two looks at the store. */
    static final long POLL_MILLIS = 150;

    /** Facts below which nothing is rewritten. */
    static final long REWRITE_FROM = 200_000;

    /** A following index is rewritten when the unsorted part exceeds the sorted one divided by this. */
    static final long REWRITE_WHEN_IDLE = 8;

    /** How long the follower waits after a failure before it tries again. */
    private static final long RETRY_MILLIS = 2_000;

    /** Stretches of presence that are made again between two looks at the store. */
    private static final int REPAIRED_AT_ONCE = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private final CohortIndex index;
    private final Store store;
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock rewriting = new ReentrantLock();
    private final ReentrantLock waiting = new ReentrantLock();
    private final Condition moved = waiting.newCondition();
    private final Semaphore wakeUps = new Semaphore(0);
    private @Nullable PageApplier applier;
    private @Nullable IndexFile applierFile;
    private @Nullable Thread thread;
    private @Nullable Thread compactor;
    private Store.@Nullable Subscription subscription;
    private volatile boolean closed;

    Follower(CohortIndex index, Store store) {
        this.index = index;
        this.store = store;
    }

    void start() {
        waiting.lock();
        try {
            if (thread == null && !closed) {
                subscription = store.onCommit(t -> wakeUps.release());
                thread = Thread.ofPlatform().name("index-follower").daemon().start(this::run);
            }
        } finally {
            waiting.unlock();
        }
    }

    private void run() {
        while (!closed) {
            try {
                catchUp(IndexProgress.NONE);
                compactWhenDue();
                repairPresence();
                pause(POLL_MILLIS);
            } catch (RuntimeException failed) {
                if (!closed) {
                    LOG.warn("The index could not follow the store; it tries again.", failed);
                    pause(RETRY_MILLIS);
                }
            }
        }
    }

    private void pause(long millis) {
        try {
            if (wakeUps.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private void signalMoved() {
        waiting.lock();
        try {
            moved.signalAll();
        } finally {
            waiting.unlock();
        }
    }

    boolean await(long t, Duration timeout) {
        long nanos = timeout.toNanos();
        waiting.lock();
        try {
            while (index.t() < t) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = moved.awaitNanos(nanos);
            }
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.unlock();
        }
    }

    long catchUp(IndexProgress progress) {
        boolean last = false;
        while (!last && !closed) {
            writing.lock();
            try {
                ChangePage page = store.changes(index.t(), PAGE);
                if (page.t() > index.t()) {
                    applier().apply(page);
                    progress.advanced(page.changes().size());
                }
                last = page.last();
            } catch (SQLException failed) {
                throw CohortIndex.unavailable(failed);
            } finally {
                writing.unlock();
            }
            signalMoved();
        }
        return index.t();
    }

    private PageApplier applier() {
        IndexFile file = index.file();
        if (applier == null || applierFile != file) {
            applier = new PageApplier(file, store, index.catalogue());
            applierFile = file;
        }
        return applier;
    }

    private void compactWhenDue() {
        IndexFile file = index.file();
        long limit = Math.max(REWRITE_FROM, file.baseFacts() / REWRITE_WHEN_IDLE);
        if (file.recentFacts() > limit && (compactor == null || !compactor.isAlive())) {
            compactor = Thread.ofPlatform().name("index-compactor").daemon().start(this::compactQuietly);
        }
    }

    /** Makes some of the presence again that updates have invalidated; meanwhile facts are read one by one. */
    private void repairPresence() {
        IndexFile file = index.file();
        if (!file.presenceOutdated() || !writing.tryLock()) {
            return;
        }
        try {
            if (file.equals(index.file())) {
                boolean complete = Sql.transaction(file.writer(), () -> Presence.fill(file.writer(), REPAIRED_AT_ONCE));
                file.presenceOutdated(!complete);
            }
        } catch (SQLException failed) {
            throw CohortIndex.unavailable(failed);
        } finally {
            writing.unlock();
        }
    }

    private void compactQuietly() {
        try {
            compact();
        } catch (RuntimeException failed) {
            if (!closed) {
                LOG.warn("The index could not be rewritten; the present one stays in use.", failed);
            }
        }
    }

    /** Rewrites the present file, sorted; it answers and follows meanwhile. */
    void compact() {
        rewriting.lock();
        try {
            Path path = index.directory().next();
            IndexFile source = index.file();
            Rewrite.copy(source, path);
            replaceBy(path, IndexProgress.NONE);
        } catch (SQLException failed) {
            throw CohortIndex.unavailable(failed);
        } finally {
            rewriting.unlock();
        }
    }

    /** Reads the whole store into a new file, then sorts it. */
    void rebuild(IndexProgress progress) {
        rewriting.lock();
        try {
            progress.total(store.countsByType().values().stream()
                    .mapToLong(Long::longValue)
                    .sum());
            Path path = index.directory().next();
            IndexFile.create(path, Fingerprint.of(index.catalogue(), index.terminology()));
            replaceBy(path, progress);
            compact();
        } catch (SQLException failed) {
            throw CohortIndex.unavailable(failed);
        } finally {
            rewriting.unlock();
        }
    }

    /** Opens a new generation, lets it catch up with the present one and puts it in that one's place. */
    private void replaceBy(Path path, IndexProgress progress) throws SQLException {
        IndexFile next = new IndexFile(path, index.terminology());
        boolean replaced = false;
        try {
            Rewrite.complete(next);
            PageApplier nextApplier = new PageApplier(next, store, index.catalogue());
            readOn(next, nextApplier, progress);
            writing.lock();
            try {
                readOn(next, nextApplier, progress);
                if (!closed) {
                    index.replaceBy(next);
                    replaced = true;
                    applier = nextApplier;
                    applierFile = next;
                }
            } finally {
                writing.unlock();
            }
        } finally {
            if (!replaced) {
                next.close();
                index.directory().delete(path);
            }
        }
        signalMoved();
    }

    private void readOn(IndexFile next, PageApplier nextApplier, IndexProgress progress) throws SQLException {
        boolean last = false;
        while (!last && !closed) {
            ChangePage changes = store.changes(next.t(), PAGE);
            if (changes.t() > next.t()) {
                nextApplier.apply(changes);
                progress.advanced(changes.changes().size());
            }
            last = changes.last();
        }
    }

    @Override
    public void close() {
        closed = true;
        wakeUps.release();
        join(thread);
        join(compactor);
        rewriting.lock();
        try {
            if (subscription != null) {
                subscription.close();
            }
        } finally {
            rewriting.unlock();
        }
    }

    private static void join(@Nullable Thread thread) {
        if (thread == null || thread.equals(Thread.currentThread())) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
