package allmende.engine.store;

import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The bytes of a quarantine entry, read chunk by chunk over a connection that stays its owner's. */
final class ChunkStream extends InputStream {

    private final Connection connection;
    private final long id;
    private byte[] chunk = new byte[0];
    private int position;
    private int number;
    private boolean ended;

    ChunkStream(Connection connection, long id) {
        this.connection = connection;
        this.id = id;
    }

    /** A chunk of an entry; empty after the last one. */
    static byte[] chunk(Connection connection, long id, int number) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select data from quarantine_chunk where id = ? and number = ?")) {
            select.setLong(1, id);
            select.setInt(2, number);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getBytes(1) : new byte[0];
            }
        }
    }

    @Override
    public int read() {
        return filled() ? chunk[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!filled()) {
            return -1;
        }
        int taken = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, target, offset, taken);
        position += taken;
        return taken;
    }

    private boolean filled() {
        if (position == chunk.length && !ended) {
            try {
                chunk = chunk(connection, id, number++);
            } catch (SQLException e) {
                throw Database.failed(e);
            }
            position = 0;
            ended = chunk.length == 0;
        }
        return !ended;
    }
}
