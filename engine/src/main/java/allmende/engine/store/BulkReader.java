package allmende.engine.store;

import allmende.core.fhir.ResourceKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;

/** Reads by {@code COPY … (format binary)}, the fastest way out (PostgreSQL manual, COPY, "Binary Format"). */
final class BulkReader implements BulkRead {

    private static final int HEADER_BYTES = 19;
    private static final byte SIGNATURE_FIRST = 'P';
    private static final int FIELDS = 3;

    /** PostgreSQL counts microseconds from the beginning of 2000. */
    private static final long EPOCH_SECONDS = 946_684_800L;

    private final Database database;

    BulkReader(Database database) {
        this.database = database;
    }

    @Override
    public List<Stretch> stretches(String type, int resources) {
        return database.read(connection -> {
            List<Stretch> stretches = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("""
                    select rid from (
                      select rid, row_number() over (order by rid) i from resource
                      where type = (select code from resource_type where name = ?)) r
                    where i % ? = 0 order by rid""")) {
                select.setString(1, Sql.storable(type));
                select.setInt(2, resources);
                long after = -1;
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        stretches.add(new Stretch(type, after, row.getLong(1)));
                        after = row.getLong(1);
                    }
                }
                stretches.add(new Stretch(type, after, Long.MAX_VALUE));
            }
            return stretches;
        });
    }

    @Override
    public long read(Stretch stretch, Selection selection, Sink sink) throws IOException {
        try {
            return database.read(connection -> {
                Integer code = code(connection, stretch.type());
                return code == null
                        ? 0L
                        : copy(connection, sql(code, stretch, selection), FIELDS, row -> hand(row, sink));
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public Map<Integer, Long> sizes(Collection<Integer> patients) {
        return new OwnedReader(database).sizes(patients);
    }

    @Override
    public List<Owned> ofPatients(Collection<Integer> patients, Set<String> types, long t) {
        return new OwnedReader(database).ofPatients(patients, types, t);
    }

    @Override
    public List<Owned> all(Collection<ResourceKey> keys, long t) {
        return new OwnedReader(database).all(keys, t);
    }

    private static @Nullable Integer code(Connection connection, String type) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select code from resource_type where name = ?")) {
            select.setString(1, Sql.storable(type));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getInt(1) : null;
            }
        }
    }

    /** COPY takes no parameters; all that is put in is numbers. */
    private static String sql(int code, Stretch stretch, Selection selection) {
        Set<Integer> patients = selection.patients();
        String whose = patients != null
                ? " and v.patient = any ('{"
                        + patients.stream().map(Object::toString).collect(Collectors.joining(",")) + "}'::int[])"
                : selection.ofPatients() ? " and v.patient is not null" : "";
        return """
                copy (
                  select v.number, x.at, v.body
                  from (select rid from resource
                        where type = %d::smallint and rid > %d and rid <= %d and id is not null order by rid) r
                  cross join lateral (
                    select number, t, patient, body from version
                    where rid = r.rid and t <= %d order by number desc limit 1) v
                  join transaction x on x.t = v.t
                  where v.body is not null and v.t > %d%s
                ) to stdout (format binary)""".formatted(code, stretch.afterRid(), stretch.upToRid(), selection.t(), selection.afterT(), whose);
    }

    /** Takes the fields of a row, each a length and bytes. */
    @FunctionalInterface
    interface Row {
        void read(ByteBuffer fields) throws IOException;
    }

    /** Carries out a {@code copy … to stdout (format binary)} of rows with so many fields. */
    static long copy(Connection connection, String sql, int fields, Row to) throws SQLException {
        CopyOut copy = Database.postgres(connection).getCopyAPI().copyOut(sql);
        long count = 0;
        try {
            boolean first = true;
            for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                ByteBuffer bytes = ByteBuffer.wrap(row);
                if (first && bytes.get(0) == SIGNATURE_FIRST) {
                    bytes.position(HEADER_BYTES);
                }
                first = false;
                if (bytes.remaining() > Short.BYTES && bytes.getShort() == fields) {
                    to.read(bytes);
                    count++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (copy.isActive()) {
                abandon(connection, copy);
            }
        }
        return count;
    }

    /**
     * Ends a COPY of which no more is wanted. What the server has sent meanwhile is read to its end: the driver's own way of
     * cancelling leaves it lying, and whoever gets the connection next would take it for the answer to something else.
     */
    private static void abandon(Connection connection, CopyOut copy) throws SQLException {
        Database.postgres(connection).cancelQuery();
        try {
            byte[] unwanted;
            do {
                unwanted = copy.readFromCopy();
            } while (unwanted != null);
        } catch (SQLException cancelled) {
            if (copy.isActive() || !Database.isCancelled(cancelled)) {
                throw cancelled;
            }
        }
    }

    private static void hand(ByteBuffer row, Sink sink) throws IOException {
        row.getInt();
        int version = row.getInt();
        row.getInt();
        long micros = row.getLong();
        byte[] body = new byte[row.getInt()];
        row.get(body);
        Instant at = Instant.ofEpochSecond(
                EPOCH_SECONDS + Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
        sink.resource(version, at, body);
    }
}
