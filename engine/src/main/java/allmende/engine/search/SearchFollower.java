package allmende.engine.search;

import allmende.engine.store.FeedVersion;
import allmende.engine.store.Store;
import allmende.engine.store.VersionPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the index up with the store. One thread writes; what it wrote is shown when somebody waits for it, and else about
 * once a second, since showing costs more than writing a few documents; less often while so much is written that showing
 * takes long itself.
 */
final class SearchFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SearchFollower.class);

    /** Versions that are asked for at once. */
    private static final int PAGE = 4_000;

    private static final long POLL_MILLIS = 150;
    private static final long RETRY_MILLIS = 2_000;
    private static final long SHOW_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SHOW_AFTER_MAX_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** After showing, the follower writes this many times as long before it shows again unasked. */
    private static final long WRITES_PER_SHOW = 20;

    private static final long COMMIT_EVERY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Store store;
    private final TypeSet types;
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock waiting = new ReentrantLock();
    private final Condition moved = waiting.newCondition();
    private final Semaphore wakeUps = new Semaphore(0);
    private final Indexing indexing = new Indexing();
    private final Map<String, Rebuild> rebuilds = new HashMap<>();
    private final Set<TypeIndex> stained = new HashSet<>();
    private volatile SearchModels models;
    private volatile long committed;
    private volatile long wanted;
    private volatile View view;
    private volatile boolean closed;
    private boolean ended;
    private long written;
    private long shownAt = System.nanoTime();
    private long showAfter = SHOW_EVERY_NANOS;
    private long madeDurableAt = System.nanoTime();
    private @Nullable Thread thread;
    private Store.@Nullable Subscription subscription;

    SearchFollower(Path folder, Store store, SearchModels models) throws IOException {
        this.store = store;
        this.models = models;
        this.types = TypeSet.open(folder, models);
        this.written = types.reached();
        this.view = View.of(written, types.all());
    }

    void start() {
        if (thread == null && !closed) {
            committed = store.currentT();
            subscription = store.onCommit(t -> {
                committed = Math.max(committed, t);
                wakeUps.release();
            });
            thread = Thread.ofPlatform().name("search-follower").daemon().start(this::run);
        }
    }

    private void run() {
        while (!closed) {
            try {
                boolean more = step();
                if (!more) {
                    wakeUps.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS);
                    wakeUps.drainPermits();
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException | RuntimeException failed) {
                if (!closed) {
                    LOG.warn("The search index could not follow the store; it tries again.", failed);
                    pause();
                }
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    /** Writes one page; tells whether there is more. */
    private boolean step() throws IOException {
        writing.lock();
        try {
            VersionPage page = store.versions(written, PAGE);
            if (page.t() > written) {
                apply(page);
            }
            purge();
            committed = Math.max(committed, written);
            long now = System.nanoTime();
            boolean awaited = wanted > view.t() && written >= wanted;
            if (view.t() < written && (awaited || now - shownAt > showAfter)) {
                show();
            }
            if (written > types.reached() && now - madeDurableAt > COMMIT_EVERY_NANOS) {
                types.commit(written);
                madeDurableAt = now;
            }
            return !page.last();
        } finally {
            writing.unlock();
        }
    }

    private void apply(VersionPage page) throws IOException {
        boolean erased = false;
        Map<String, TypeIndex> touched = new HashMap<>();
        for (FeedVersion version : page.versions()) {
            touched.computeIfAbsent(version.key().type(), type -> types.writable(type, models));
            erased |= version.isErasure();
        }
        indexing.apply(page.versions(), touched);
        written = page.t();
        if (erased) {
            stained.addAll(touched.values());
        }
    }

    /** Rewrites what holds erased documents; what fails is tried again with the next step. */
    private void purge() throws IOException {
        // One that was built anew meanwhile has been put in its place without them.
        stained.retainAll(types.all().values());
        if (stained.isEmpty()) {
            return;
        }
        for (TypeIndex type : stained) {
            type.purge();
        }
        show();
        types.commit(written);
        stained.clear();
    }

    private void show() throws IOException {
        long start = System.nanoTime();
        View next = View.of(written, types.all());
        View before = view;
        view = next;
        before.release();
        shownAt = System.nanoTime();
        showAfter = Math.clamp((shownAt - start) * WRITES_PER_SHOW, SHOW_EVERY_NANOS, SHOW_AFTER_MAX_NANOS);
        signalMoved();
    }

    private void signalMoved() {
        waiting.lock();
        try {
            moved.signalAll();
        } finally {
            waiting.unlock();
        }
    }

    /** The view of now, held for the caller. */
    View hold() {
        while (true) {
            View now = view;
            if (now.hold()) {
                return now;
            }
        }
    }

    long t() {
        return view.t();
    }

    long committed() {
        return committed;
    }

    boolean await(long t, Duration timeout) {
        if (view.t() >= t) {
            return true;
        }
        long nanos = timeout.toNanos();
        waiting.lock();
        try {
            wanted = Math.max(wanted, t);
            wakeUps.release();
            while (view.t() < t) {
                if (nanos <= 0 || closed) {
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

    SearchModels models() {
        return models;
    }

    Optional<Double> progress(String type) {
        synchronized (rebuilds) {
            return Optional.ofNullable(rebuilds.get(type)).map(Rebuild::progress);
        }
    }

    /** Takes new definitions: types that they change are built anew beside the present ones. */
    void use(SearchModels next) {
        models = next;
        List<String> outdated;
        writing.lock();
        try {
            outdated = types.all().keySet().stream()
                    .filter(type -> !types.isAsDefined(type, next))
                    .toList();
        } finally {
            writing.unlock();
        }
        outdated.forEach(type -> rebuild(type, next));
    }

    private void rebuild(String type, SearchModels next) {
        Rebuild rebuild = new Rebuild(store, type, types, next);
        Rebuild before;
        synchronized (rebuilds) {
            before = rebuilds.put(type, rebuild);
        }
        if (before != null) {
            before.close();
        }
        rebuild.start(indexing, fresh -> replace(rebuild, fresh));
    }

    /** Puts a type that was built anew in the place of the present one, once it has caught up. */
    private void replace(Rebuild rebuild, TypeIndex fresh) throws IOException {
        writing.lock();
        try {
            rebuild.catchUp(written);
            types.replace(rebuild.type(), fresh, written);
            show();
        } finally {
            writing.unlock();
        }
        synchronized (rebuilds) {
            rebuilds.remove(rebuild.type(), rebuild);
        }
    }

    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        closed = true;
        wakeUps.release();
        signalMoved();
        if (subscription != null) {
            subscription.close();
        }
        join();
        List<Rebuild> running;
        synchronized (rebuilds) {
            running = List.copyOf(rebuilds.values());
        }
        running.forEach(Rebuild::close);
        writing.lock();
        try {
            view.release();
            types.close(written);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            writing.unlock();
            indexing.close();
        }
    }

    private void join() {
        if (thread == null) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
