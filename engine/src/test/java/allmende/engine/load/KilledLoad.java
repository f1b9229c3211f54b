package allmende.engine.load;

import allmende.engine.store.Store;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import java.nio.file.Path;
import java.util.List;

/** A process that loads until it is killed. */
final class KilledLoad {

    private KilledLoad() {}

    /** Loads a folder into the store in a directory. */
    public static void main(String[] directoryAndFolder) {
        try (Store store = Stores.open(new StoreLocation.Embedded(Path.of(directoryAndFolder[0])))) {
            new Loader(store).load(List.of(Path.of(directoryAndFolder[1])), LoadProgress.NONE);
        }
    }
}
