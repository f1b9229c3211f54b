package allmende.engine.store;

import allmende.engine.store.StoreUnavailable.Code;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the database's files forget what its tables no longer show: rewrites the tables, which leaves deleted rows
 * behind, and has the write-ahead log go on in new files, so that the old ones are deleted. Needs room for a second copy
 * of the largest table, and holds up readers of a table while it is rewritten.
 *
 * <p>That it is due stands in the database: a purge that was cut short is made up for by who opens the store next.
 */
final class Purge {

    private static final List<String> TABLES =
            List.of("version", "resource", "identifier", "patient", "quarantine", "quarantine_chunk");

    private static final long OLD_READS_MINUTES_MAX = 10;
    private static final long PAUSE_MILLIS = 50;
    private static final String NOT_ALLOWED = "42501";

    private final Database database;

    Purge(Database database) {
        this.database = database;
    }

    /** Notes within a transaction whether a purge is due. */
    static void due(Connection connection, boolean due) throws SQLException {
        execute(connection, "update counter set purge_due = " + due);
    }

    /** Purges if that is due. Tells whether the old log is gone, or nothing was to be done. */
    boolean runIfDue() {
        return database.read(connection -> {
            if (!is(connection, "select purge_due from counter")) {
                return true;
            }
            awaitOldReads(connection);
            for (String table : TABLES) {
                execute(connection, "vacuum (full) " + table);
            }
            boolean logDropped = dropLog(connection);
            due(connection, false);
            return logDropped;
        });
    }

    /** A read that began before the erasure still sees its rows, so rewriting would have to keep them. */
    private static void awaitOldReads(Connection connection) throws SQLException {
        String now = text(connection, "select pg_current_xact_id()::xid::text");
        String oldReads = "select exists (select from pg_stat_activity where pid <> pg_backend_pid()"
                + " and datname = current_database() and backend_type = 'client backend'"
                + " and age(backend_xmin) > age('" + now + "'::xid))";
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(OLD_READS_MINUTES_MAX);
        while (is(connection, oldReads)) {
            if (System.nanoTime() > deadline || !paused()) {
                throw new StoreUnavailable(
                        Code.BUSY,
                        "The patient is erased from the tables, but the files can't be rewritten while a long read goes"
                                + " on. Opening the store again makes up for it.");
            }
        }
    }

    private static boolean dropLog(Connection connection) throws SQLException {
        try {
            execute(connection, "checkpoint");
            execute(connection, "select pg_switch_wal()");
            execute(connection, "checkpoint");
            return true;
        } catch (SQLException e) {
            if (NOT_ALLOWED.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private static boolean paused() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean is(Connection connection, String sql) throws SQLException {
        return "t".equals(text(connection, sql));
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
