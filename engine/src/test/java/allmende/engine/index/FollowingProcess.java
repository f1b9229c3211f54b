package allmende.engine.index;

import allmende.engine.store.Store;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import java.nio.file.Path;

/** A process that follows a store and rewrites its index over and over, until it is killed. */
public final class FollowingProcess {

    private FollowingProcess() {}

    /** Arguments: the store's data directory, the index directory. */
    public static void main(String[] arguments) {
        try (Store store = Stores.open(new StoreLocation.Embedded(Path.of(arguments[0])));
                CohortIndex index = Ward.open(Path.of(arguments[1]), store)) {
            index.follow();
            System.out.println("following");
            while (store.currentT() >= 0) {
                index.compact();
            }
        }
    }
}
