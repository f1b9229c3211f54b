package allmende.engine.store;

import allmende.core.fhir.ResourceKey;
import allmende.engine.store.History.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Reads many versions by number, such as a page of a search. What many of them share, their transactions, types and
 * patients, is read once and put together here: a join would look each up for each row.
 */
final class VersionLookup {

    private final Database database;
    private final Map<Integer, String> types = new HashMap<>();

    VersionLookup(Database database) {
        this.database = database;
    }

    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    private record Row(long rid, int version, long t, int patient, byte[] body, int type, String id) {}

    /** In the order asked for; deletions and what was erased are left out. */
    List<Entry> versions(List<Store.VersionId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return database.read(connection -> {
            List<Row> rows = rows(connection, ids);
            Set<Object> transactions = new HashSet<>();
            Set<Object> patients = new HashSet<>();
            for (Row row : rows) {
                transactions.add(row.t());
                if (row.patient() != WritePlan.NO_PATIENT) {
                    patients.add(row.patient());
                }
            }
            Map<Long, Instant> times = times(connection, transactions);
            Map<Integer, String> patientIds = patientIds(connection, patients);
            List<Entry> entries = new ArrayList<>(rows.size());
            for (Row row : rows) {
                entries.add(new Entry(
                        new ResourceKey(type(connection, row.type()), row.id()),
                        row.rid(),
                        row.version(),
                        row.t(),
                        Objects.requireNonNull(times.get(row.t())),
                        row.body(),
                        patientIds.get(row.patient())));
            }
            return entries;
        });
    }

    private static List<Row> rows(Connection connection, List<Store.VersionId> ids) throws SQLException {
        Object[] rids = ids.stream().map(Store.VersionId::rid).toArray();
        Object[] numbers = ids.stream().map(Store.VersionId::number).toArray();
        List<Row> rows = new ArrayList<>(ids.size());
        try (PreparedStatement select = connection.prepareStatement("""
                select v.rid, v.number, v.t, v.patient, v.body, r.type, r.id
                from unnest(?::bigint[], ?::integer[]) with ordinality k(rid, number, i)
                join version v on v.rid = k.rid and v.number = k.number
                join resource r on r.rid = k.rid
                where v.body is not null and r.id is not null order by k.i""")) {
            select.setArray(1, connection.createArrayOf("int8", rids));
            select.setArray(2, connection.createArrayOf("int4", numbers));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(new Row(
                            row.getLong(1),
                            row.getInt(2),
                            row.getLong(3),
                            Sql.patient(row, 4),
                            row.getBytes(5),
                            row.getInt(6),
                            row.getString(7)));
                }
            }
        }
        return rows;
    }

    private static Map<Long, Instant> times(Connection connection, Set<Object> transactions) throws SQLException {
        Map<Long, Instant> times = HashMap.newHashMap(transactions.size());
        try (PreparedStatement select =
                connection.prepareStatement("select t, at from transaction where t = any(?::bigint[])")) {
            select.setArray(1, connection.createArrayOf("int8", transactions.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    times.put(row.getLong(1), Sql.instant(row, 2));
                }
            }
        }
        return times;
    }

    private static Map<Integer, String> patientIds(Connection connection, Set<Object> numbers) throws SQLException {
        Map<Integer, String> ids = HashMap.newHashMap(numbers.size());
        try (PreparedStatement select = connection.prepareStatement(
                "select number, id from patient where number = any(?::integer[]) and id is not null")) {
            select.setArray(1, connection.createArrayOf("int4", numbers.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ids.put(row.getInt(1), row.getString(2));
                }
            }
        }
        return ids;
    }

    /** Numbers of types never change, so they are remembered. */
    private String type(Connection connection, int code) throws SQLException {
        synchronized (types) {
            String known = types.get(code);
            if (known == null) {
                try (PreparedStatement select = connection.prepareStatement("select code, name from resource_type");
                        ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        types.put(row.getInt(1), row.getString(2));
                    }
                }
                known = Objects.requireNonNull(types.get(code));
            }
            return known;
        }
    }
}
