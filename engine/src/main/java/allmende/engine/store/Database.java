package allmende.engine.store;

import allmende.engine.store.StoreUnavailable.Code;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Pooled connections, and the two ways of using one: for reading, and for a transaction. */
final class Database implements AutoCloseable {

    private static final int CONNECTIONS_MAX = 12;
    private static final long CONNECTION_WAIT_SECONDS = 60;

    /**
     * All our statements look up few rows by key in tables of any size. The planner keeps no statistics of identifying
     * columns (see the migrations) and keeps plans that it made while a table was empty: without these settings it would
     * read whole tables instead, or all entries of a type beside the one of a key. Planning anew for each value would cost
     * more than the lookup itself. What is looked up by hash stands in a subquery with {@code offset 0}, which the planner
     * leaves as it is: it would else go along the resources of a type.
     */
    private static final String SESSION = "set search_path = allmende; set enable_seqscan = off;"
            + " set enable_hashjoin = off; set enable_mergejoin = off; set enable_bitmapscan = off; set jit = off;"
            + " set plan_cache_mode = force_generic_plan; set time zone 'UTC'";

    /** The state of a statement that was cancelled. */
    private static final String CANCELLED = "57014";

    private final HikariDataSource pool;
    private final Overdue overdue = new Overdue();

    Database(DataSource source) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("allmende-store");
        config.setDataSource(source);
        config.setMaximumPoolSize(CONNECTIONS_MAX);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(CONNECTION_WAIT_SECONDS));
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql(SESSION);
        config.setAutoCommit(true);
        this.pool = new HikariDataSource(config);
    }

    /** What every connection of ours is opened with. */
    static void describe(Properties properties) {
        properties.setProperty("ApplicationName", "allmende");
        // The detail of an error quotes rows and keys; exceptions must not carry those.
        properties.setProperty("logServerErrorDetail", "false");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("reWriteBatchedInserts", "true");
    }

    /** Something done with a connection. */
    @FunctionalInterface
    interface Work<R> {
        R with(Connection connection) throws SQLException;
    }

    /**
     * Runs single statements, each its own transaction.
     *
     * @throws DeadlinePassed where the time of the request that asks is over
     */
    <R> R read(Work<R> work) {
        try (Connection connection = pool.getConnection()) {
            Overdue.@Nullable Running watched = overdue.over(connection);
            try {
                return work.with(connection);
            } finally {
                if (watched != null) {
                    watched.close();
                }
            }
        } catch (SQLException e) {
            if (isCancelled(e)) {
                Deadline.current().check();
            }
            throw failed(e);
        }
    }

    /** Runs a transaction: committed if the work returns, rolled back if it throws. */
    <R> R transaction(Work<R> work) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                R result = work.with(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection, e);
                throw e;
            } finally {
                if (!connection.isClosed()) {
                    connection.setAutoCommit(true);
                }
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** PostgreSQL's own interface of a pooled connection. */
    static PGConnection postgres(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class);
    }

    /** Whether a statement failed since somebody ended it. */
    static boolean isCancelled(SQLException e) {
        return CANCELLED.equals(e.getSQLState());
    }

    /** The exception for a statement that failed. */
    static StoreUnavailable failed(SQLException e) {
        String state = e.getSQLState();
        if (state == null || state.startsWith("08") || state.startsWith("57P") || state.startsWith("28")) {
            return new StoreUnavailable(Code.CONNECTION, "The database can't be reached (" + state + ").", e);
        }
        return new StoreUnavailable(Code.STATEMENT, "The database refused a statement (" + state + ").", e);
    }

    private static void rollBack(Connection connection, Throwable why) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            why.addSuppressed(e); // the connection is lost: the server rolls back by itself
        }
    }

    @Override
    public void close() {
        overdue.close();
        pool.close();
    }
}
