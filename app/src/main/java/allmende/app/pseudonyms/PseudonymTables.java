package allmende.app.pseudonyms;

import allmende.engine.store.Apart;
import allmende.engine.store.SideTables;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The tables of the pseudonyms, with a role of their own; opened when first used, as many a site never needs them. */
final class PseudonymTables implements AutoCloseable {

    private static final Apart APART = new Apart("pseudonyms", "allmende/pseudonyms/migration", "pseudonym_service");

    private final Supplier<StoreLocation> place;
    private @Nullable Open open;
    private boolean closed;

    PseudonymTables(Supplier<StoreLocation> place) {
        this.place = place;
    }

    private record Open(SideTables tables, JdbcClient jdbc, TransactionTemplate transactions) {}

    /**
     * Statements on the tables.
     *
     * @throws allmende.engine.store.StoreUnavailable where the database can't be reached
     */
    JdbcClient jdbc() {
        return opened().jdbc();
    }

    /** Transactions over the same connections as {@link #jdbc()}. */
    TransactionTemplate transactions() {
        return opened().transactions();
    }

    private synchronized Open opened() {
        if (closed) {
            throw new IllegalStateException("The tables of pseudonyms are closed");
        }
        Open present = open;
        if (present == null) {
            SideTables tables = Stores.openApart(place.get(), APART);
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
