package allmende.engine.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Tables beside the store's, in a schema of their own; for what a door keeps: messages, ledgers, accounts, questions.
 * Connections are ordinary ones: none of the planner settings that suit the store apply.
 */
public final class SideTables implements AutoCloseable {

    private static final int CONNECTIONS_MAX = 10;
    private static final long CONNECTION_WAIT_SECONDS = 20;

    private final HikariDataSource pool;
    private final AutoCloseable server;

    SideTables(DataSource source, AutoCloseable server, String schema) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("allmende-" + schema);
        config.setDataSource(source);
        config.setMaximumPoolSize(CONNECTIONS_MAX);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(CONNECTION_WAIT_SECONDS));
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql("set search_path = " + schema + "; set jit = off; set time zone 'UTC'");
        this.pool = new HikariDataSource(config);
        this.server = server;
    }

    /** Pooled connections whose search path is the schema, in auto-commit mode. */
    public DataSource dataSource() {
        return pool;
    }

    /** Closes the connections and gives the server up. */
    @Override
    public void close() {
        pool.close();
        try {
            server.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new StoreUnavailable(StoreUnavailable.Code.CONNECTION, "The database can't be left properly.", e);
        }
    }
}
