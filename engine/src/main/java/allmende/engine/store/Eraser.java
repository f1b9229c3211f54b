package allmende.engine.store;

import allmende.core.fhir.ResourceKey;
import allmende.engine.store.WritePlan.Numbers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Erases patients in two steps. First one transaction takes all that is theirs out of the tables and notes that a purge
 * is due; of each resource only its number stays, with a last version that tells the change feed of the deletion. Then
 * the purge makes the files forget what the tables no longer show, see {@link Purge}.
 */
final class Eraser {

    private final Database database;
    private final Purge purge;

    Eraser(Database database, Purge purge) {
        this.database = database;
        this.purge = purge;
    }

    Erasure erase(String patientId) {
        Erasure erased = database.transaction(connection -> erase(connection, patientId));
        boolean logDropped = purge.runIfDue();
        return new Erasure(erased.t(), erased.resources(), erased.versions(), erased.quarantined(), logDropped);
    }

    private static Erasure erase(Connection connection, String patientId) throws SQLException {
        WriterLock.take(connection);
        Numbers numbers = WriterLock.numbers(connection);
        // What belonged to a patient is found by reading all versions: the files are rewritten anyway.
        execute(connection, "set local enable_seqscan = on");
        List<Long> rids = rids(connection, patientId);
        Object[] which = rids.toArray();
        long quarantined = eraseQuarantined(connection, patientId, which);
        long t = numbers.t() + 1;
        long versions = update(connection, "delete from version where rid = any(?::bigint[])", which);
        update(connection, "delete from identifier where rid = any(?::bigint[])", which);
        forgetCounts(connection, which);
        forgetResources(connection, t, which);
        int patients = forgetPatient(connection, patientId);
        if (patients == 0 && quarantined == 0) {
            return new Erasure(numbers.t(), 0, 0, 0, true);
        }
        WriterLock.advance(connection, new Numbers(t, numbers.nextRid(), numbers.nextPatient()), rids.size());
        Purge.due(connection, true);
        return new Erasure(t, rids.size(), versions, quarantined, true);
    }

    private static List<Long> rids(Connection connection, String patientId) throws SQLException {
        List<Long> rids = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select distinct v.rid from version v
                where v.patient = (select number from patient where id = ?) order by v.rid""")) {
            select.setString(1, Sql.storable(patientId));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rids.add(row.getLong(1));
                }
            }
        }
        return rids;
    }

    private static long eraseQuarantined(Connection connection, String patientId, Object[] rids) throws SQLException {
        Set<ResourceKey> keys = keys(connection, rids);
        keys.add(new ResourceKey("Patient", patientId));
        Mentions mentions = new Mentions(keys, identifierValues(connection, rids));
        long erased = 0;
        for (long id : quarantineIds(connection)) {
            try (InputStream raw = new ChunkStream(connection, id)) {
                if (mentions.in(raw)) {
                    PostgresQuarantine.remove(connection, id);
                    erased++;
                }
            } catch (IOException e) {
                throw new UncheckedIOException("a quarantine entry can't be read", e);
            }
        }
        return erased;
    }

    private static Set<ResourceKey> keys(Connection connection, Object[] rids) throws SQLException {
        Set<ResourceKey> keys = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select n.name, r.id from resource r join resource_type n on n.code = r.type
                where r.rid = any(?::bigint[]) and r.id is not null""")) {
            select.setArray(1, connection.createArrayOf("int8", rids));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    keys.add(new ResourceKey(row.getString(1), row.getString(2)));
                }
            }
        }
        return keys;
    }

    /** Of the Patient only: identifiers of other resources may be shared, as a laboratory's order number is. */
    private static Set<String> identifierValues(Connection connection, Object[] rids) throws SQLException {
        Set<String> values = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select distinct i.value from resource r
                join resource_type n on n.code = r.type and n.name = 'Patient'
                join identifier i on i.rid = r.rid
                where r.rid = any(?::bigint[])""")) {
            select.setArray(1, connection.createArrayOf("int8", rids));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    values.add(row.getString(1));
                }
            }
        }
        return values;
    }

    private static List<Long> quarantineIds(Connection connection) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select id from quarantine order by id");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                ids.add(row.getLong(1));
            }
        }
        return ids;
    }

    private static void forgetCounts(Connection connection, Object[] rids) throws SQLException {
        update(connection, """
                update resource_type n set current = n.current - gone.many
                from (select type, count(*) as many from resource
                      where rid = any(?::bigint[]) and not deleted group by type) gone
                where n.code = gone.type""", rids);
    }

    private static void forgetResources(Connection connection, long t, Object[] rids) throws SQLException {
        update(
                connection,
                "update resource set id = null, hash = null, digest = null, deleted = true, version ="
                        + " version + 1, t = " + t + " where rid = any(?::bigint[])",
                rids);
        update(
                connection,
                "insert into version (rid, t, number, patient, body)"
                        + " select rid, t, version, patient, null from resource where rid = any(?::bigint[])",
                rids);
    }

    private static int forgetPatient(Connection connection, String patientId) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update patient set id = null where id = ?")) {
            update.setString(1, Sql.storable(patientId));
            return update.executeUpdate();
        }
    }

    private static int update(Connection connection, String sql, Object[] rids) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setArray(1, connection.createArrayOf("int8", rids));
            return update.executeUpdate();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
