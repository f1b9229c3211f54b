package allmende.engine.load;

import allmende.engine.store.Store;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * Loads files into a store: JSON resources and bundles, NDJSON, both also compressed by gzip; folders recursively. Bad
 * input never ends a load: it goes to quarantine with its reason. Safe to interrupt and to run again, and safe beside
 * other loads into the same store.
 */
public final class Loader {

    private final Store store;
    private final Limits limits;

    /** Loads into this store. */
    public Loader(Store store) {
        this(store, Limits.STANDARD);
    }

    Loader(Store store, Limits limits) {
        this.store = store;
        this.limits = limits;
    }

    /**
     * Loads files and folders; returns when all of it is durable.
     *
     * @throws java.util.concurrent.CancellationException where the thread is interrupted; what was written stays
     * @throws allmende.engine.store.StoreUnavailable where the store is lost
     */
    public LoadReport load(List<Path> paths, LoadProgress progress) {
        InputFiles files = InputFiles.find(paths);
        progress.total(files.bytes());
        Tally tally = new LoadRun(store, limits, progress).run(files.inputs());
        return tally.report(store.currentT(), files.ignored());
    }

    /** Reads these entries of the quarantine again; those that are in the store afterwards leave the quarantine. */
    public RetryReport retry(Collection<Long> ids, LoadProgress progress) {
        return new Retry(store, limits, progress).run(ids);
    }

    /** Like {@link #retry}, for all that is in the quarantine now. */
    public RetryReport retryAll(LoadProgress progress) {
        return new Retry(store, limits, progress).runAll();
    }
}
