package allmende.engine.store;

import allmende.core.digest.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The quarantine in PostgreSQL. Bytes are kept in chunks: a value of PostgreSQL holds at most 1 GB, and in memory. */
final class PostgresQuarantine implements Quarantine {

    private static final int CHUNK_BYTES_MAX = 1 << 20;

    private final Database database;

    PostgresQuarantine(Database database) {
        this.database = database;
    }

    @Override
    public void add(List<Rejected> rejected) {
        database.transaction(connection -> {
            for (Rejected one : rejected) {
                try {
                    add(connection, one, new ByteArrayInputStream(one.raw()));
                } catch (IOException e) {
                    throw new IllegalStateException("bytes in memory can be read", e);
                }
            }
            return true;
        });
    }

    @Override
    public void add(String source, String entry, String code, String reason, InputStream raw) throws IOException {
        Rejected head = new Rejected(source, entry, code, reason, new byte[0]);
        IOException failure = database.transaction(connection -> {
                    try {
                        add(connection, head, raw);
                        return Optional.<IOException>empty();
                    } catch (IOException e) {
                        connection.rollback();
                        return Optional.of(e);
                    }
                })
                .orElse(null);
        if (failure != null) {
            throw failure;
        }
    }

    /** Writes the chunks first, since their digest decides whether they were needed. */
    private static void add(Connection connection, Rejected head, InputStream raw) throws SQLException, IOException {
        long id = nextId(connection);
        MessageDigest sha256 = Sha256.fresh();
        sha256.update(head.source().getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) 0);
        sha256.update(head.entry().getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) 0);
        long bytes = 0;
        int number = 0;
        try (PreparedStatement insert =
                connection.prepareStatement("insert into quarantine_chunk (id, number, data) values (?, ?, ?)")) {
            for (byte[] chunk = raw.readNBytes(CHUNK_BYTES_MAX);
                    chunk.length > 0;
                    chunk = raw.readNBytes(CHUNK_BYTES_MAX)) {
                sha256.update(chunk);
                bytes += chunk.length;
                insert.setLong(1, id);
                insert.setInt(2, number++);
                insert.setBytes(3, chunk);
                insert.executeUpdate();
            }
        }
        if (upsert(connection, id, head, bytes, Digests.first128(sha256)) != id) {
            removeChunks(connection, id);
        }
    }

    private static long nextId(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("select nextval(pg_get_serial_sequence('quarantine', 'id'))");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static long upsert(Connection connection, long id, Rejected head, long bytes, UUID digest)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into quarantine (id, at, source, entry, code, reason, bytes, digest)
                values (?, clock_timestamp(), ?, ?, ?, ?, ?, ?)
                on conflict (digest) do update set at = excluded.at, code = excluded.code, reason = excluded.reason
                returning id""")) {
            insert.setLong(1, id);
            insert.setString(2, Sql.storable(head.source()));
            insert.setString(3, Sql.storable(head.entry()));
            insert.setString(4, Sql.storable(head.code()));
            insert.setString(5, Sql.storable(head.reason()));
            insert.setLong(6, bytes);
            insert.setObject(7, digest);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Override
    public List<Entry> list(long afterId, int limit) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select id, at, source, entry, code, reason, bytes from quarantine where id > ? order by id"
                            + " limit ?")) {
                select.setLong(1, afterId);
                select.setInt(2, limit);
                return entries(select);
            }
        });
    }

    @Override
    public long count() {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select count(*) from quarantine");
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    @Override
    public Optional<Entry> find(long id) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select id, at, source, entry, code, reason, bytes from quarantine where id = ?")) {
                select.setLong(1, id);
                return entries(select).stream().findFirst();
            }
        });
    }

    private static List<Entry> entries(PreparedStatement select) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                entries.add(new Entry(
                        row.getLong(1),
                        Sql.instant(row, 2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getLong(7)));
            }
        }
        return entries;
    }

    @Override
    public void copyBytes(long id, OutputStream out) throws IOException {
        for (int number = 0; ; number++) {
            int which = number;
            byte[] chunk = database.read(connection -> ChunkStream.chunk(connection, id, which));
            if (chunk.length == 0) {
                return;
            }
            out.write(chunk);
        }
    }

    @Override
    public void remove(long id) {
        database.transaction(connection -> {
            remove(connection, id);
            return true;
        });
    }

    /** Removes an entry within a transaction. */
    static void remove(Connection connection, long id) throws SQLException {
        removeChunks(connection, id);
        try (PreparedStatement delete = connection.prepareStatement("delete from quarantine where id = ?")) {
            delete.setLong(1, id);
            delete.executeUpdate();
        }
    }

    private static void removeChunks(Connection connection, long id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from quarantine_chunk where id = ?")) {
            delete.setLong(1, id);
            delete.executeUpdate();
        }
    }
}
