package allmende.engine.search;

import allmende.engine.store.FeedVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Writes versions into the indexes of their types: documents on all cores, then what they end, in order. */
final class Indexing implements AutoCloseable {

    private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors());

    /** Fewer than this are not worth a second thread. */
    private static final int SHARE_MIN = 64;

    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().name("search-indexing-", 0).daemon().factory());

    /** Writes a page; {@code types} holds an index for each type that occurs. */
    void apply(List<FeedVersion> versions, Map<String, TypeIndex> types) throws IOException {
        int share = Math.max(SHARE_MIN, (versions.size() + THREADS - 1) / THREADS);
        List<Future<?>> shares = new ArrayList<>();
        for (int from = share; from < versions.size(); from += share) {
            List<FeedVersion> part = versions.subList(from, Math.min(versions.size(), from + share));
            shares.add(threads.submit(() -> add(part, types)));
        }
        add(versions.subList(0, Math.min(share, versions.size())), types);
        for (Future<?> other : shares) {
            await(other);
        }
        for (FeedVersion version : versions) {
            TypeIndex type = Objects.requireNonNull(types.get(version.key().type()));
            if (version.t() <= type.committed()) {
                continue;
            }
            if (version.isErasure()) {
                type.erase(version.rid());
            } else {
                type.endBefore(version);
            }
        }
    }

    private static void add(List<FeedVersion> versions, Map<String, TypeIndex> types) {
        for (FeedVersion version : versions) {
            TypeIndex type = Objects.requireNonNull(types.get(version.key().type()));
            if (version.body() != null && version.t() > type.committed()) {
                try {
                    type.add(version);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        }
    }

    private static void await(Future<?> share) throws IOException {
        try {
            share.get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while indexing", stop);
        } catch (ExecutionException failed) {
            throw new IOException("a document could not be indexed", failed.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
