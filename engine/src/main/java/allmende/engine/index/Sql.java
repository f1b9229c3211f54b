package allmende.engine.index;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** JDBC in short. Only numbers are ever put into statements as text; strings are parameters. */
final class Sql {

    /** Reads the current row. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** Does something with a connection. */
    interface Work<T extends @Nullable Object> {
        T run() throws SQLException;
    }

    private Sql() {}

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static void execute(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                if (parameters[i] instanceof byte[] bytes) {
                    statement.setBytes(i + 1, bytes);
                } else {
                    statement.setObject(i + 1, parameters[i]);
                }
            }
            statement.execute();
        }
    }

    /** Runs a statement that changes rows; returns how many. */
    static long update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeLargeUpdate(sql);
        }
    }

    static void query(Connection connection, String sql, RowReader reader) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /**
     * Runs all of it or nothing. The transaction is begun by statement: an appender that is the first to use a connection
     * without auto-commit would be committed by itself.
     */
    static <T extends @Nullable Object> T transaction(Connection connection, Work<T> work) throws SQLException {
        execute(connection, "begin transaction");
        boolean done = false;
        try {
            T result = work.run();
            execute(connection, "commit");
            done = true;
            return result;
        } finally {
            if (!done) {
                rollback(connection);
            }
        }
    }

    private static void rollback(Connection connection) {
        try {
            execute(connection, "rollback");
        } catch (SQLException alreadyEnded) {
            // The failure that led here is the one to report; a transaction that ended by itself needs no rollback.
        }
    }

    static String list(Collection<? extends Number> numbers) {
        return numbers.stream().map(Number::toString).collect(Collectors.joining(",", "(", ")"));
    }

    /** A literal that is read as exactly this double. */
    static String literal(double number) {
        String text = Double.toString(number);
        return text.indexOf('E') < 0 ? text + "e0" : text;
    }

    static DuckDBConnection duck(Connection connection) throws SQLException {
        return connection.unwrap(DuckDBConnection.class);
    }
}
