package allmende.app.federation.setup;

import allmende.app.Hospital;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import java.nio.file.Path;

/** One PostgreSQL server for all tests of this package; it stays up from the first test to the end. */
final class TestDatabase {

    private static Path folder;

    private TestDatabase() {}

    static synchronized Path folder() {
        if (folder == null) {
            folder = Hospital.temporary("allmende-federation-db");
            Stores.openBeside(
                    new StoreLocation.Embedded(folder, "kept_open"), "federation", "allmende/federation/migration");
        }
        return folder;
    }
}
