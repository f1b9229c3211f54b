package allmende.app.audit;

import allmende.engine.store.SideTables;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The schema {@code identity} of a party's database: accounts, teams and the audit trail. Opened when first needed, so
 * that a party can listen before its database has started.
 */
public final class IdentityTables implements AutoCloseable {

    private static final String SCHEMA = "identity";

    private final StoreLocation location;
    private @Nullable Open open;
    private boolean closed;

    /** The tables at this place; they are made when first used. */
    public IdentityTables(StoreLocation location) {
        this.location = location;
    }

    private record Open(SideTables tables, JdbcClient jdbc, TransactionTemplate transactions) {}

    /**
     * Statements on the tables.
     *
     * @throws allmende.engine.store.StoreUnavailable where the database can't be reached
     */
    public JdbcClient jdbc() {
        return opened().jdbc();
    }

    /** Transactions over the same connections as {@link #jdbc()}. */
    public TransactionTemplate transactions() {
        return opened().transactions();
    }

    private synchronized Open opened() {
        if (closed) {
            throw new IllegalStateException("The tables of people are closed");
        }
        Open present = open;
        if (present == null) {
            SideTables tables = Stores.openBeside(location, SCHEMA, "allmende/identity/migration");
            present = new Open(
                    tables,
                    JdbcClient.create(tables.dataSource()),
                    new TransactionTemplate(new JdbcTransactionManager(tables.dataSource())));
            open = present;
        }
        return present;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (open != null) {
            open.tables().close();
            open = null;
        }
    }
}
