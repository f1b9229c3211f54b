package allmende.engine.table;

import allmende.engine.store.Store;
import allmende.engine.store.StoredVersion;
import java.util.List;

/** The resources of a type in a store, all as they were at one {@code t}. */
public final class StoreSource implements ResourceSource {

    private static final int PAGE = 500;

    private final Store store;
    private final String type;
    private final long t;
    private long after = -1;

    /** Starts at the beginning, as things are now. */
    public StoreSource(Store store, String type) {
        this.store = store;
        this.type = type;
        this.t = store.currentT();
    }

    @Override
    public List<byte[]> next() {
        List<StoredVersion> page = store.scan(type, t, after, PAGE);
        if (!page.isEmpty()) {
            after = page.getLast().rid();
        }
        return page.stream().map(StoredVersion::body).toList();
    }
}
