package allmende.engine.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Values as PostgreSQL takes and gives them. */
final class Sql {

    private Sql() {}

    /** A text without NUL, which PostgreSQL does not take: each becomes U+FFFD. */
    static String storable(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    /** A patient's number, -1 for none. */
    static int patient(ResultSet row, int column) throws SQLException {
        int number = row.getInt(column);
        return row.wasNull() ? WritePlan.NO_PATIENT : number;
    }

    /** A point in time. */
    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
