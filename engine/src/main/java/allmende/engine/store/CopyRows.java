package allmende.engine.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way into a table by {@code COPY … (format binary)}, the fastest way in (PostgreSQL manual, COPY, "Binary
 * Format"). Fields are written in the order of the statement's columns.
 */
final class CopyRows implements AutoCloseable {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final int BUFFER_BYTES = 1 << 17;
    private static final int NULL_LENGTH = -1;

    private final CopyIn copy;
    private final int fields;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

    private CopyRows(CopyIn copy) {
        this.copy = copy;
        this.fields = copy.getFieldCount();
        buffer.put(SIGNATURE).putInt(0).putInt(0);
    }

    /** Begins; {@code into} names table and columns: {@code patient (number, id)}. */
    static CopyRows into(Connection connection, String into) throws SQLException {
        return new CopyRows(
                Database.postgres(connection).getCopyAPI().copyIn("copy " + into + " from stdin (format binary)"));
    }

    /** Begins the next row. */
    CopyRows row() throws SQLException {
        room(Short.BYTES).putShort((short) fields);
        return this;
    }

    /** A bigint. */
    CopyRows bigint(long value) throws SQLException {
        field(Long.BYTES).putLong(value);
        return this;
    }

    /** An integer. */
    CopyRows integer(int value) throws SQLException {
        field(Integer.BYTES).putInt(value);
        return this;
    }

    /** A smallint. */
    CopyRows smallint(int value) throws SQLException {
        field(Short.BYTES).putShort((short) value);
        return this;
    }

    /** A boolean. */
    CopyRows bool(boolean value) throws SQLException {
        field(1).put((byte) (value ? 1 : 0));
        return this;
    }

    /** A text. */
    CopyRows text(String value) throws SQLException {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A uuid or null. */
    CopyRows uuid(@Nullable UUID value) throws SQLException {
        if (value == null) {
            return nothing();
        }
        field(2 * Long.BYTES).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
        return this;
    }

    /** A bytea or null. */
    CopyRows bytes(byte @Nullable [] value) throws SQLException {
        if (value == null) {
            return nothing();
        }
        room(Integer.BYTES).putInt(value.length);
        if (value.length <= BUFFER_BYTES) {
            room(value.length).put(value);
        } else {
            flush();
            copy.writeToCopy(value, 0, value.length);
        }
        return this;
    }

    /** A null. */
    CopyRows nothing() throws SQLException {
        room(Integer.BYTES).putInt(NULL_LENGTH);
        return this;
    }

    /** Ends the table's rows; they are in the table after it. */
    void finish() throws SQLException {
        room(Short.BYTES).putShort((short) -1);
        flush();
        copy.endCopy();
    }

    private ByteBuffer field(int length) throws SQLException {
        return room(Integer.BYTES + length).putInt(length);
    }

    private ByteBuffer room(int bytes) throws SQLException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    private void flush() throws SQLException {
        copy.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    /** Gives up rows that were not finished. */
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
