package allmende.engine.search;

import allmende.engine.store.FeedVersion;
import allmende.engine.store.Store;
import allmende.engine.store.VersionPage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the index of one type anew, while the present one is searched and follows. */
final class Rebuild implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);
    private static final int PAGE = 4_000;

    private final Store store;
    private final String type;
    private final TypeSet types;
    private final SearchModels models;
    private volatile double progress;
    private volatile boolean cancelled;
    private @Nullable TypeIndex index;
    private @Nullable Indexing indexing;
    private @Nullable Thread thread;
    private long written;

    Rebuild(Store store, String type, TypeSet types, SearchModels models) {
        this.store = store;
        this.type = type;
        this.types = types;
        this.models = models;
    }

    /** What is done with the finished index. */
    interface Done {
        void with(TypeIndex fresh) throws IOException;
    }

    String type() {
        return type;
    }

    /** How much is done, from 0 to 1. */
    double progress() {
        return progress;
    }

    void start(Indexing by, Done done) {
        indexing = by;
        thread = Thread.ofPlatform().name("search-rebuild-" + type).daemon().start(() -> run(done));
    }

    private void run(Done done) {
        try {
            TypeIndex fresh = types.fresh(type, models);
            index = fresh;
            catchUp(Long.MAX_VALUE);
            if (!cancelled) {
                done.with(fresh);
                index = null;
            }
        } catch (IOException | RuntimeException failed) {
            if (!cancelled) {
                LOG.warn("The search index of {} could not be built anew; the present one stays.", type, failed);
            }
        } finally {
            abandon();
        }
    }

    private void abandon() {
        TypeIndex left = index;
        index = null;
        if (left != null) {
            try {
                left.close();
            } catch (IOException failed) {
                LOG.warn("An unfinished search index of {} could not be closed.", type, failed);
            }
        }
    }

    /** Reads on until nothing is left, or a transaction is reached. */
    void catchUp(long upTo) throws IOException {
        boolean last = false;
        while (!last && written < upTo && !cancelled) {
            VersionPage page = store.versions(written, PAGE);
            List<FeedVersion> own = page.versions().stream()
                    .filter(version -> version.key().type().equals(type) && version.t() <= upTo)
                    .toList();
            TypeIndex fresh = index;
            Indexing by = indexing;
            if (fresh != null && by != null && !own.isEmpty()) {
                by.apply(own, Map.of(type, fresh));
            }
            written = Math.min(page.t(), upTo);
            last = page.last();
            progress = Math.min(1, (double) written / Math.max(1, store.currentT()));
        }
    }

    @Override
    public void close() {
        cancelled = true;
        Thread running = thread;
        if (running == null || running.equals(Thread.currentThread())) {
            return;
        }
        try {
            running.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
