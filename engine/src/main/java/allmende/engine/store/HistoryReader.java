package allmende.engine.store;

import allmende.core.digest.Sha256;
import allmende.core.fhir.ResourceKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads versions of the past. */
final class HistoryReader implements History {

    /** A type with fewer resources is read by its resources, a larger one along the transactions. */
    private static final int SMALL_TYPE = 5_000;

    private static final String COLUMNS = "select r.rid, v.number, v.t, x.at, v.body, n.name, r.id, p.id ";
    private static final String WINDOW = """
             where v.t > ? and v.t <= ? and (v.t, v.rid, v.number) < (?, ?, ?) and r.id is not null
            order by v.t desc, v.rid desc, v.number desc limit ?""";

    private final Database database;

    HistoryReader(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Entry> newest(ResourceKey key, long t) {
        return one(key, "t <= ?", t);
    }

    @Override
    public Optional<Entry> version(ResourceKey key, int number) {
        return one(key, "number = ?", number);
    }

    private Optional<Entry> one(ResourceKey key, String which, long value) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(COLUMNS + """
                    from (select rid, type, id from resource where hash = ? and id = ? offset 0) r
                    join resource_type n on n.code = r.type
                    cross join lateral (
                      select number, t, patient, body from version
                      where rid = r.rid and %s order by number desc limit 1) v
                    join transaction x on x.t = v.t left join patient p on p.number = v.patient
                    where n.name = ?""".formatted(which))) {
                select.setLong(1, Digests.hash(Sha256.fresh(), key.type(), key.id()));
                select.setString(2, Sql.storable(key.id()));
                select.setLong(3, value);
                select.setString(4, Sql.storable(key.type()));
                List<Entry> found = entries(select);
                return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
            }
        });
    }

    @Override
    public List<Entry> page(Scope scope, Window window, int limit) {
        return database.read(connection -> switch (scope) {
            case Scope.Instance(ResourceKey key) -> instance(connection, key, window, limit);
            case Scope.Type(String type) -> type(connection, type, window, limit);
            case Scope.All() -> all(connection, window, limit);
        });
    }

    private static List<Entry> instance(Connection connection, ResourceKey key, Window window, int limit)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(COLUMNS + """
                from (select rid, type, id from resource where hash = ? and id = ? offset 0) r
                join resource_type n on n.code = r.type and n.name = ?
                join version v on v.rid = r.rid join transaction x on x.t = v.t left join patient p on p.number = v.patient
                """ + WINDOW)) {
            select.setLong(1, Digests.hash(Sha256.fresh(), key.type(), key.id()));
            select.setString(2, Sql.storable(key.id()));
            select.setString(3, Sql.storable(key.type()));
            bind(select, 4, window, limit);
            return entries(select);
        }
    }

    private static List<Entry> type(Connection connection, String type, Window window, int limit) throws SQLException {
        long[] codeAndCount = code(connection, type);
        String from = codeAndCount[1] < SMALL_TYPE
                ? """
                from (select rid, id, type from resource where type = ?::smallint offset 0) r
                join version v on v.rid = r.rid
                """
                : "from version v join resource r on r.rid = v.rid and r.type = ?::smallint ";
        try (PreparedStatement select = connection.prepareStatement(
                COLUMNS + from + "join resource_type n on n.code = r.type join transaction x on x.t = v.t"
                        + " left join patient p on p.number = v.patient " + WINDOW)) {
            select.setInt(1, (int) codeAndCount[0]);
            bind(select, 2, window, limit);
            return entries(select);
        }
    }

    private static long[] code(Connection connection, String type) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select code, current from resource_type where name = ?")) {
            select.setString(1, Sql.storable(type));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new long[] {row.getLong(1), row.getLong(2)} : new long[] {-1, 0};
            }
        }
    }

    private static List<Entry> all(Connection connection, Window window, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(COLUMNS + """
                from version v join resource r on r.rid = v.rid join resource_type n on n.code = r.type
                join transaction x on x.t = v.t left join patient p on p.number = v.patient
                """ + WINDOW)) {
            bind(select, 1, window, limit);
            return entries(select);
        }
    }

    private static void bind(PreparedStatement select, int from, Window window, int limit) throws SQLException {
        Position before = window.before() == null ? new Position(Long.MAX_VALUE, 0, 0) : window.before();
        select.setLong(from, window.afterT());
        select.setLong(from + 1, Math.min(window.upToT(), before.t()));
        select.setLong(from + 2, before.t());
        select.setLong(from + 3, before.rid());
        select.setInt(from + 4, before.version());
        select.setInt(from + 5, limit);
    }

    private static List<Entry> entries(PreparedStatement select) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                String id = row.getString(7);
                if (id != null) {
                    entries.add(new Entry(
                            new ResourceKey(row.getString(6), id),
                            row.getLong(1),
                            row.getInt(2),
                            row.getLong(3),
                            Sql.instant(row, 4),
                            row.getBytes(5),
                            row.getString(8)));
                }
            }
        }
        return entries;
    }

    /** Transactions are numbered without gaps and their times never go back: halve until it is found. */
    @Override
    public long at(Instant time) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select at from transaction where t = ?")) {
                long low = 0;
                long high = WriterLock.numbers(connection).t();
                while (low < high) {
                    long middle = low + (high - low + 1) / 2;
                    select.setLong(1, middle);
                    try (ResultSet row = select.executeQuery()) {
                        boolean earlier = !row.next() || !Sql.instant(row, 1).isAfter(time);
                        low = earlier ? middle : low;
                        high = earlier ? high : middle - 1;
                    }
                }
                return low;
            }
        });
    }
}
