package allmende.engine.store;

import allmende.core.digest.Sha256;
import allmende.core.fhir.ResourceKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads single resources, now or at an earlier {@code t}. */
final class VersionReader {

    private final Database database;

    VersionReader(Database database) {
        this.database = database;
    }

    long currentT() {
        return database.read(connection -> WriterLock.numbers(connection).t());
    }

    Optional<StoredVersion> read(ResourceKey key, long t) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    select r.rid, v.number, v.t, x.at, v.body
                    from (select rid, type from resource where hash = ? and id = ? offset 0) r
                    join resource_type n on n.code = r.type
                    cross join lateral (
                      select number, t, body from version
                      where rid = r.rid and t <= ? order by number desc limit 1) v
                    join transaction x on x.t = v.t
                    where n.name = ?""")) {
                select.setLong(1, Digests.hash(Sha256.fresh(), key.type(), key.id()));
                select.setString(2, Sql.storable(key.id()));
                select.setLong(3, t);
                select.setString(4, Sql.storable(key.type()));
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? version(key, row) : Optional.empty();
                }
            }
        });
    }

    Map<ResourceKey, StoredVersion> readAll(Collection<ResourceKey> keys) {
        List<ResourceKey> wanted = keys.stream().distinct().toList();
        Map<ResourceKey, StoredVersion> found = HashMap.newHashMap(wanted.size());
        if (wanted.isEmpty()) {
            return found;
        }
        String[] names = wanted.stream().map(key -> Sql.storable(key.type())).toArray(String[]::new);
        String[] ids = wanted.stream().map(key -> Sql.storable(key.id())).toArray(String[]::new);
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    select v.rid, v.number, v.t, x.at, v.body, r.i
                    from (
                      select k.i, k.name, c.rid, c.type, c.version
                      from unnest(?::text[], ?::text[], ?::bigint[]) with ordinality k(name, id, hash, i)
                      join resource c on c.hash = k.hash and c.id = k.id
                      where not c.deleted offset 0) r
                    join resource_type n on n.code = r.type and n.name = r.name
                    join version v on v.rid = r.rid and v.number = r.version
                    join transaction x on x.t = v.t""")) {
                select.setArray(1, connection.createArrayOf("text", names));
                select.setArray(2, connection.createArrayOf("text", ids));
                select.setArray(3, connection.createArrayOf("int8", Digests.hashes(wanted)));
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        ResourceKey key = wanted.get(row.getInt(6) - 1);
                        version(key, row).ifPresent(version -> found.put(key, version));
                    }
                }
            }
            return found;
        });
    }

    List<StoredVersion> scan(String type, long t, long afterRid, int limit) {
        return database.read(connection -> {
            List<StoredVersion> found = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("""
                    select r.rid, v.number, v.t, x.at, v.body, r.id
                    from resource_type n join resource r on r.type = n.code and r.rid > ?
                    cross join lateral (
                      select number, t, body from version
                      where rid = r.rid and t <= ? order by number desc limit 1) v
                    join transaction x on x.t = v.t
                    where n.name = ? and r.id is not null and v.body is not null
                    order by r.rid limit ?""")) {
                select.setLong(1, afterRid);
                select.setLong(2, t);
                select.setString(3, Sql.storable(type));
                select.setInt(4, limit);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        version(new ResourceKey(type, row.getString(6)), row).ifPresent(found::add);
                    }
                }
            }
            return found;
        });
    }

    Map<Long, byte[]> bodies(Collection<Long> rids) {
        return database.read(connection -> {
            Map<Long, byte[]> bodies = HashMap.newHashMap(rids.size());
            try (PreparedStatement select = connection.prepareStatement("""
                    select v.rid, v.body
                    from unnest(?::bigint[]) k(rid)
                    join resource r on r.rid = k.rid
                    join version v on v.rid = r.rid and v.number = r.version
                    where not r.deleted and v.body is not null""")) {
                select.setArray(1, connection.createArrayOf("int8", rids.toArray()));
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        bodies.put(row.getLong(1), row.getBytes(2));
                    }
                }
            }
            return bodies;
        });
    }

    private static Optional<StoredVersion> version(ResourceKey key, ResultSet row) throws SQLException {
        byte[] body = row.getBytes(5);
        return body == null
                ? Optional.empty()
                : Optional.of(new StoredVersion(
                        key, row.getLong(1), row.getInt(2), row.getLong(3), Sql.instant(row, 4), body));
    }

    List<ResourceKey> findByIdentifier(String type, String system, String value) {
        String storable = Sql.storable(value);
        long hash = Digests.hash(Sha256.fresh(), type, storable);
        return database.read(connection -> {
            List<ResourceKey> keys = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("""
                    select distinct r.rid, r.id
                    from (
                      select rid, number from identifier
                      where hash = ? and value = ? and (? = '' or system = ?) offset 0) i
                    join resource r on r.rid = i.rid and r.version = i.number
                    join resource_type n on n.code = r.type
                    where n.name = ? and not r.deleted
                    order by r.rid""")) {
                select.setLong(1, hash);
                select.setString(2, storable);
                select.setString(3, Sql.storable(system));
                select.setString(4, Sql.storable(system));
                select.setString(5, Sql.storable(type));
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        keys.add(new ResourceKey(type, row.getString(2)));
                    }
                }
            }
            return keys;
        });
    }

    OptionalInt patientNumber(String patientId) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select number from patient where id = ?")) {
                select.setString(1, Sql.storable(patientId));
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
                }
            }
        });
    }

    Map<Integer, String> patientIds(Collection<Integer> numbers) {
        return database.read(connection -> {
            Map<Integer, String> ids = HashMap.newHashMap(numbers.size());
            try (PreparedStatement select = connection.prepareStatement(
                    "select p.number, p.id from unnest(?::integer[]) k(number) join patient p on p.number = k.number"
                            + " where p.id is not null")) {
                select.setArray(1, connection.createArrayOf("int4", numbers.toArray()));
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        ids.put(row.getInt(1), row.getString(2));
                    }
                }
            }
            return ids;
        });
    }
}
