package allmende.app.portal;

import allmende.engine.store.SideTables;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;

/** The portal's tables: questions, asks and answers, in the schema {@code portal}. */
public final class PortalTables implements AutoCloseable {

    private final SideTables tables;

    private PortalTables(SideTables tables) {
        this.tables = tables;
    }

    /**
     * Opens them in the portal's database, made and brought up to date where needed.
     *
     * @throws allmende.engine.store.StoreUnavailable with a sentence for the user where that is impossible
     */
    public static PortalTables open(StoreLocation location) {
        return new PortalTables(Stores.openBeside(location, "portal", "allmende/portal/migration"));
    }

    SideTables tables() {
        return tables;
    }

    @Override
    public void close() {
        tables.close();
    }
}
