package allmende.engine.store;

import allmende.core.digest.Sha256;
import allmende.core.fhir.ResourceKey;
import allmende.engine.store.ResourceWrite.Identifier;
import allmende.engine.store.WritePlan.Head;
import allmende.engine.store.WritePlan.Numbers;
import allmende.engine.store.WritePlan.Prepared;
import allmende.engine.store.WritePlan.Version;
import java.security.MessageDigest;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a batch as one transaction. Digests are taken before, everything else happens under the writers' lock, which the
 * database gives back once the commit is visible: so transactions become visible in the order of their numbers.
 */
final class BatchWriter {

    private static final int NAME_CHARACTERS_MAX = 255;

    private final Database database;
    private final ResourceTypes types;

    BatchWriter(Database database, ResourceTypes types) {
        this.database = database;
        this.types = types;
    }

    WriteResult write(List<ResourceWrite> writes, List<Expectation> expectations) {
        List<Prepared> batch = prepare(writes);
        Map<String, Integer> codes = types.codes(typesOf(writes, expectations));
        return database.transaction(connection -> {
            WriterLock.take(connection);
            Numbers numbers = WriterLock.numbers(connection);
            Map<ResourceKey, Head> heads = heads(connection, keys(writes, expectations), codes);
            WriteResult.Unmet unmet = unmet(expectations, heads);
            if (unmet != null) {
                return unmet;
            }
            WritePlan plan = WritePlan.of(batch, numbers, heads, patients(connection, writes));
            if (plan.isEmpty()) {
                return new WriteResult.Written(
                        new Commit(numbers.t(), plan.outcomes()),
                        WriterLock.at(connection, numbers.t()),
                        plan.numbersOfVersions());
            }
            Numbers after = plan.numbers();
            addPatients(connection, plan);
            addResources(connection, plan, codes);
            changeHeads(connection, plan);
            addVersions(connection, plan);
            addIdentifiers(connection, plan);
            ResourceTypes.count(connection, plan.currentByType());
            Instant at = WriterLock.advance(connection, after, plan.versions().size());
            return new WriteResult.Written(new Commit(after.t(), plan.outcomes()), at, plan.numbersOfVersions());
        });
    }

    private static List<ResourceKey> keys(List<ResourceWrite> writes, List<Expectation> expectations) {
        return Stream.concat(
                        writes.stream().map(ResourceWrite::key),
                        expectations.stream().map(Expectation::key))
                .distinct()
                .toList();
    }

    private static WriteResult.@Nullable Unmet unmet(List<Expectation> expectations, Map<ResourceKey, Head> heads) {
        for (Expectation expectation : expectations) {
            Head head = heads.get(expectation.key());
            int version = head == null || head.deleted() ? 0 : head.version();
            if (version != expectation.version()) {
                return new WriteResult.Unmet(expectation.key(), version);
            }
        }
        return null;
    }

    private static List<Prepared> prepare(List<ResourceWrite> writes) {
        MessageDigest sha256 = Sha256.fresh();
        List<Prepared> batch = new ArrayList<>(writes.size());
        for (ResourceWrite write : writes) {
            requireName(write.key().type());
            requireName(write.key().id());
            if (write.patientId() != null) {
                requireName(write.patientId());
            }
            byte[] body = write.body();
            if (body != null) {
                sha256.update(body);
            }
            batch.add(new Prepared(write, body == null ? null : Digests.first128(sha256)));
        }
        return batch;
    }

    private static void requireName(String name) {
        if (name.isEmpty() || name.length() > NAME_CHARACTERS_MAX || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "a resource's type and id have 1 to " + NAME_CHARACTERS_MAX + " characters and no NUL");
        }
    }

    private static Set<String> typesOf(List<ResourceWrite> writes, List<Expectation> expectations) {
        Set<String> names = new LinkedHashSet<>();
        for (ResourceKey key : keys(writes, expectations)) {
            names.add(key.type());
        }
        return names;
    }

    private static Map<ResourceKey, Head> heads(
            Connection connection, List<ResourceKey> keys, Map<String, Integer> codes) throws SQLException {
        Map<ResourceKey, Head> heads = HashMap.newHashMap(keys.size());
        try (PreparedStatement select = connection.prepareStatement("""
                select k.i, r.rid, r.version, r.patient, r.digest, r.type, r.id
                from unnest(?::bigint[]) with ordinality k(hash, i) join resource r on r.hash = k.hash""")) {
            select.setArray(1, connection.createArrayOf("int8", Digests.hashes(keys)));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ResourceKey key = keys.get(row.getInt(1) - 1);
                    boolean same = row.getInt(6) == Objects.requireNonNull(codes.get(key.type()))
                            && key.id().equals(row.getString(7));
                    if (same) {
                        heads.put(key, head(row));
                    }
                }
            }
        }
        return heads;
    }

    private static Head head(ResultSet row) throws SQLException {
        return new Head(row.getLong(2), row.getInt(3), Sql.patient(row, 4), row.getObject(5, UUID.class));
    }

    private static Map<String, Integer> patients(Connection connection, List<ResourceWrite> writes)
            throws SQLException {
        String[] ids = writes.stream()
                .map(ResourceWrite::patientId)
                .filter(Objects::nonNull)
                .distinct()
                .toArray(String[]::new);
        Map<String, Integer> numbers = HashMap.newHashMap(ids.length);
        try (PreparedStatement select = connection.prepareStatement(
                "select p.id, p.number from unnest(?::text[]) k(id) join patient p on p.id = k.id")) {
            select.setArray(1, connection.createArrayOf("text", ids));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    numbers.put(row.getString(1), row.getInt(2));
                }
            }
        }
        return numbers;
    }

    private static void addPatients(Connection connection, WritePlan plan) throws SQLException {
        if (plan.newPatients().isEmpty()) {
            return;
        }
        try (CopyRows rows = CopyRows.into(connection, "patient (number, id)")) {
            for (Map.Entry<String, Integer> patient : plan.newPatients().entrySet()) {
                rows.row().integer(patient.getValue()).text(patient.getKey());
            }
            rows.finish();
        }
    }

    private static void addResources(Connection connection, WritePlan plan, Map<String, Integer> codes)
            throws SQLException {
        if (plan.created().isEmpty()) {
            return;
        }
        long t = plan.numbers().t();
        MessageDigest sha256 = Sha256.fresh();
        try (CopyRows rows =
                CopyRows.into(connection, "resource (rid, hash, t, version, patient, type, deleted, digest, id)")) {
            for (Map.Entry<ResourceKey, Head> created : plan.created().entrySet()) {
                ResourceKey key = created.getKey();
                Head head = created.getValue();
                rows.row().bigint(head.rid()).bigint(Digests.hash(sha256, key.type(), key.id()));
                rows.bigint(t).integer(head.version());
                patient(rows, head.patient());
                rows.smallint(Objects.requireNonNull(codes.get(key.type())));
                rows.bool(head.deleted()).uuid(head.digest()).text(key.id());
            }
            rows.finish();
        }
    }

    private static void changeHeads(Connection connection, WritePlan plan) throws SQLException {
        if (plan.changed().isEmpty()) {
            return;
        }
        List<Head> heads = List.copyOf(plan.changed().values());
        try (PreparedStatement update = connection.prepareStatement("""
                update resource r set t = ?, version = k.version, patient = nullif(k.patient, -1),
                  deleted = k.digest is null, digest = k.digest
                from unnest(?::bigint[], ?::integer[], ?::integer[], ?::uuid[]) k(rid, version, patient, digest)
                where r.rid = k.rid""")) {
            update.setLong(1, plan.numbers().t());
            update.setArray(2, array(connection, "int8", heads.stream().map(Head::rid)));
            update.setArray(3, array(connection, "int4", heads.stream().map(Head::version)));
            update.setArray(4, array(connection, "int4", heads.stream().map(Head::patient)));
            update.setArray(5, array(connection, "uuid", heads.stream().map(Head::digest)));
            int updated = update.executeUpdate();
            if (updated != heads.size()) {
                throw new IllegalStateException("heads changed: " + updated + " of " + heads.size());
            }
        }
    }

    private static Array array(Connection connection, String type, Stream<? extends @Nullable Object> of)
            throws SQLException {
        return connection.createArrayOf(type, of.toArray());
    }

    private static void addVersions(Connection connection, WritePlan plan) throws SQLException {
        long t = plan.numbers().t();
        try (CopyRows rows = CopyRows.into(connection, "version (rid, t, number, patient, body)")) {
            for (Version version : plan.versions()) {
                rows.row().bigint(version.rid()).bigint(t).integer(version.number());
                patient(rows, version.patient());
                rows.bytes(version.body());
            }
            rows.finish();
        }
    }

    private static void addIdentifiers(Connection connection, WritePlan plan) throws SQLException {
        MessageDigest sha256 = Sha256.fresh();
        try (CopyRows rows = CopyRows.into(connection, "identifier (hash, rid, number, system, value)")) {
            for (Version version : plan.versions()) {
                for (Identifier identifier : version.identifiers()) {
                    String value = Sql.storable(identifier.value());
                    rows.row()
                            .bigint(Digests.hash(sha256, version.type(), value))
                            .bigint(version.rid())
                            .integer(version.number())
                            .text(Sql.storable(identifier.system()))
                            .text(value);
                }
            }
            rows.finish();
        }
    }

    private static void patient(CopyRows rows, int patient) throws SQLException {
        if (patient == WritePlan.NO_PATIENT) {
            rows.nothing();
        } else {
            rows.integer(patient);
        }
    }
}
