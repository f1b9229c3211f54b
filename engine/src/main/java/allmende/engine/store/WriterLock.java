package allmende.engine.store;

import allmende.engine.store.WritePlan.Numbers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/** The lock that lets one writer in at a time, over all processes, and the numbers that are given out under it. */
final class WriterLock {

    /** Our advisory lock's number: "allmende" in ASCII. Advisory locks belong to a database. */
    private static final long KEY = 0x616c6c6d656e6465L;

    private WriterLock() {}

    /** Waits for the lock; the end of the transaction gives it back. */
    static void take(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + KEY + ")");
        }
    }

    /** The numbers as of the last transaction. */
    static Numbers numbers(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select t, next_rid, next_patient from counter");
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Numbers(row.getLong(1), row.getLong(2), row.getInt(3));
        }
    }

    /** When a transaction was committed; the beginning of time for the one before the first. */
    static Instant at(Connection connection, long t) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select at from transaction where t = ?")) {
            select.setLong(1, t);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Sql.instant(row, 1) : Instant.EPOCH;
            }
        }
    }

    /** Notes a transaction and the numbers after it; tells its time. */
    static Instant advance(Connection connection, Numbers after, int versions) throws SQLException {
        try (PreparedStatement update =
                        connection.prepareStatement("update counter set t = ?, next_rid = ?, next_patient = ?");
                PreparedStatement insert = connection.prepareStatement(
                        "insert into transaction (t, at, versions) values (?, clock_timestamp(), ?) returning at")) {
            update.setLong(1, after.t());
            update.setLong(2, after.nextRid());
            update.setInt(3, after.nextPatient());
            update.executeUpdate();
            insert.setLong(1, after.t());
            insert.setInt(2, versions);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return Sql.instant(row, 1);
            }
        }
    }
}
