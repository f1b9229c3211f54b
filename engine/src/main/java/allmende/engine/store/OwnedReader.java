package allmende.engine.store;

import allmende.core.fhir.ResourceKey;
import allmende.engine.store.BulkRead.Owned;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what patients have, and resources by key, as they were at a {@code t}. */
final class OwnedReader {

    private static final int FIELDS = 4;

    private final Database database;

    OwnedReader(Database database) {
        this.database = database;
    }

    Map<Integer, Long> sizes(Collection<Integer> patients) {
        return database.read(connection -> {
            Map<Integer, Long> sizes = HashMap.newHashMap(patients.size());
            try (PreparedStatement select = connection.prepareStatement(
                    "select patient, count(*) from version where patient = any(?::integer[]) group by patient")) {
                select.setArray(1, connection.createArrayOf("int4", patients.toArray()));
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        sizes.put(row.getInt(1), row.getLong(2));
                    }
                }
            }
            return sizes;
        });
    }

    /**
     * A version is the one that was current at {@code t} where it is the newest, or no later one was written until then. The
     * subquery keeps the planner from looking at the resources of a type first. COPY takes no parameters; all that is put in
     * is numbers.
     */
    List<Owned> ofPatients(Collection<Integer> patients, Set<String> types, long t) {
        return database.read(connection -> {
            List<Owned> found = new ArrayList<>();
            Map<Integer, String> names = types(connection, types);
            String sql = """
                    copy (
                      select v.patient, r.type, r.id, v.body
                      from (select rid, number, patient, body from version
                            where patient = any('{%s}'::integer[]) and t <= %d and body is not null offset 0) v
                      join resource r on r.rid = v.rid
                      where r.id is not null and r.type = any('{%s}'::smallint[])
                        and (r.version = v.number or not exists (
                          select from version w where w.rid = v.rid and w.number > v.number and w.t <= %d))
                    ) to stdout (format binary)""".formatted(list(patients), t, list(names.keySet()), t);
            BulkReader.copy(connection, sql, FIELDS, row -> found.add(owned(row, names)));
            return found;
        });
    }

    private static String list(Collection<Integer> numbers) {
        return numbers.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private static Owned owned(ByteBuffer row, Map<Integer, String> names) {
        row.getInt();
        int patient = row.getInt();
        row.getInt();
        String type = names.getOrDefault((int) row.getShort(), "");
        String id = new String(bytes(row), StandardCharsets.UTF_8);
        return new Owned(new ResourceKey(type, id), patient, bytes(row));
    }

    private static byte[] bytes(ByteBuffer row) {
        byte[] bytes = new byte[row.getInt()];
        row.get(bytes);
        return bytes;
    }

    private static Map<Integer, String> types(Connection connection, Set<String> wanted) throws SQLException {
        Map<Integer, String> names = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select code, name from resource_type");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                if (wanted.contains(row.getString(2))) {
                    names.put(row.getInt(1), row.getString(2));
                }
            }
        }
        return names;
    }

    List<Owned> all(Collection<ResourceKey> keys, long t) {
        List<ResourceKey> wanted = keys.stream().distinct().toList();
        if (wanted.isEmpty()) {
            return List.of();
        }
        String[] names = wanted.stream().map(key -> Sql.storable(key.type())).toArray(String[]::new);
        String[] ids = wanted.stream().map(key -> Sql.storable(key.id())).toArray(String[]::new);
        return database.read(connection -> {
            List<Owned> found = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("""
                    select r.i, v.patient, v.body
                    from (
                      select k.i, k.name, c.rid, c.type
                      from unnest(?::text[], ?::text[], ?::bigint[]) with ordinality k(name, id, hash, i)
                      join resource c on c.hash = k.hash and c.id = k.id offset 0) r
                    join resource_type n on n.code = r.type and n.name = r.name
                    cross join lateral (
                      select patient, body from version
                      where rid = r.rid and t <= ? order by number desc limit 1) v
                    where v.body is not null""")) {
                select.setArray(1, connection.createArrayOf("text", names));
                select.setArray(2, connection.createArrayOf("text", ids));
                select.setArray(3, connection.createArrayOf("int8", Digests.hashes(wanted)));
                select.setLong(4, t);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        int patient = Sql.patient(row, 2);
                        found.add(new Owned(
                                wanted.get(row.getInt(1) - 1),
                                patient == WritePlan.NO_PATIENT ? null : patient,
                                row.getBytes(3)));
                    }
                }
            }
            return found;
        });
    }
}
