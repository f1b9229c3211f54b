package allmende.app.quality;

import allmende.engine.store.ChangePage.Change;
import allmende.engine.store.SideTables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What was looked at and found, in the schema {@code quality}. */
final class QualityTables {

    private final JdbcClient client;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final Map<UUID, Long> kinds = new ConcurrentHashMap<>();

    QualityTables(SideTables tables) {
        client = JdbcClient.create(tables.dataSource());
        jdbc = new JdbcTemplate(tables.dataSource());
        transactions = new TransactionTemplate(new DataSourceTransactionManager(tables.dataSource()));
    }

    /** Where a stream is; with other rules or packages than before, it begins anew. */
    long begin(String stream, String fingerprint) {
        Long known = client.sql("select t from follower where name = ? and fingerprint = ?")
                .params(stream, fingerprint)
                .query(Long.class)
                .optional()
                .orElse(null);
        if (known != null) {
            return known;
        }
        // a version below zero is one to be looked at again; what was found stays until then
        transactions.executeWithoutResult(status -> {
            client.sql("update item set version = -1 - version where stream = ? and version >= 0")
                    .param(stream)
                    .update();
            client.sql(
                            "insert into follower values (?, 0, ?) on conflict (name) do update set t = 0, fingerprint = excluded.fingerprint")
                    .params(stream, fingerprint)
                    .update();
        });
        return 0;
    }

    void reached(String stream, long t) {
        client.sql("update follower set t = ? where name = ?").params(t, stream).update();
    }

    long reached(String stream) {
        return client.sql("select t from follower where name = ?")
                .param(stream)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** Versions that were looked at already, by the number of the resource. */
    Map<Long, Integer> versions(String stream, Collection<Long> rids) {
        Map<Long, Integer> versions = new HashMap<>();
        if (!rids.isEmpty()) {
            client.sql("select rid, version from item where stream = :stream and rid in (:rids)")
                    .param("stream", stream)
                    .param("rids", rids)
                    .query((row, n) -> versions.put(row.getLong(1), row.getInt(2)))
                    .list();
        }
        return versions;
    }

    /** Whether another resource of the same type and patient has this content. */
    boolean isElsewhere(long digest, long rid, int patient) {
        return client.sql(
                        "select exists (select 1 from item where stream = 'rules' and digest = ? and rid < ? and patient = ?)")
                .params(digest, rid, patient)
                .query(Boolean.class)
                .single();
    }

    /** Resources that belong to this patient, or that wait for this target. */
    List<Long> dependents(int patient, String target) {
        return client.sql("""
                        select rid from item where stream = 'rules' and patient = :patient and patient >= 0
                        union select rid from waiting where target = :target""")
                .param("patient", patient)
                .param("target", target)
                .query((row, n) -> row.getLong(1))
                .list();
    }

    /** Resources that wait for this target. */
    List<Long> waiting(String target) {
        return client.sql("select rid from waiting where target = ?")
                .param(target)
                .query((row, n) -> row.getLong(1))
                .list();
    }

    /** Resources that mention these, or belong to the same patients: to be asked before they are forgotten. */
    List<Long> referring(Collection<Change> gone) {
        if (gone.isEmpty()) {
            return List.of();
        }
        List<Long> rids = gone.stream().map(Change::rid).toList();
        List<Long> targets = client.sql("select type, id from item where stream = 'rules' and rid in (:rids)")
                .param("rids", rids)
                .query((row, n) -> number(row.getString(1) + "/" + row.getString(2)))
                .list();
        List<Integer> patients = gone.stream()
                .map(Change::patient)
                .filter(one -> one >= 0)
                .distinct()
                .toList();
        return client.sql("""
                        select rid from mention where target in (:targets)
                        union select rid from item where stream = 'rules' and patient in (:patients)""")
                .param("targets", targets.isEmpty() ? List.of(0L) : targets)
                .param("patients", patients.isEmpty() ? List.of(-2) : patients)
                .query((row, n) -> row.getLong(1))
                .list();
    }

    /** A number for the address of a target: two of the same number cost a look too many, no more. */
    private static long number(String target) {
        return UUID.nameUUIDFromBytes(target.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
    }

    /** Forgets resources that are gone; of erased ones, their earlier versions, too. */
    void forget(String stream, Collection<Change> gone) {
        transactions.executeWithoutResult(status -> {
            List<Long> rids = gone.stream().map(Change::rid).toList();
            retire(stream, gone);
            clear(stream, rids);
            List<Long> erased = gone.stream()
                    .filter(change -> change.key().id().isEmpty())
                    .map(Change::rid)
                    .toList();
            if (!erased.isEmpty()) {
                client.sql("delete from past where rid in (:rids)")
                        .param("rids", erased)
                        .update();
            }
        });
    }

    /** Keeps what was found in versions that these replace. */
    private void retire(String stream, Collection<Change> newer) {
        jdbc.batchUpdate(
                """
                        insert into past
                        select i.stream, i.rid, case when i.version < 0 then -1 - i.version else i.version end,
                               i.errors, i.not_checked,
                               array(select distinct s.kind from issue s where s.stream = i.stream and s.rid = i.rid)
                        from item i
                        where i.stream = ? and i.rid = ? and i.version <> ? and -1 - i.version <> ?
                        on conflict (stream, rid, version) do update
                            set errors = excluded.errors, not_checked = excluded.not_checked, kinds = excluded.kinds""",
                newer.stream()
                        .map(one -> new Object[] {stream, one.rid(), one.version(), one.version()})
                        .toList());
    }

    private void clear(String stream, List<Long> rids) {
        if (rids.isEmpty()) {
            return;
        }
        for (String table : List.of("issue", "item")) {
            client.sql("delete from " + table + " where stream = :stream and rid in (:rids)")
                    .param("stream", stream)
                    .param("rids", rids)
                    .update();
        }
        if (stream.equals(Streams.RULES)) {
            for (String table : List.of("waiting", "mention", "measure")) {
                client.sql("delete from " + table + " where rid in (:rids)")
                        .param("rids", rids)
                        .update();
            }
        }
    }

    /** Keeps what was found instead of what was known of these resources; all or nothing. */
    void keep(String stream, List<Looked> all) {
        if (all.isEmpty()) {
            return;
        }
        transactions.executeWithoutResult(status -> {
            retire(stream, all.stream().map(Looked::change).toList());
            clear(stream, all.stream().map(one -> one.change().rid()).toList());
            List<Object[]> items = new ArrayList<>();
            List<Object[]> issues = new ArrayList<>();
            for (Looked one : all) {
                items.add(item(stream, one));
                for (Found found : one.found()) {
                    issues.add(new Object[] {stream, one.change().rid(), kind(stream, found), found.location()});
                }
            }
            jdbc.batchUpdate("insert into item values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", items);
            jdbc.batchUpdate("insert into issue values (?, ?, ?, ?)", issues);
            all.forEach(this::keepTraces);
        });
    }

    private void keepTraces(Looked one) {
        long rid = one.change().rid();
        jdbc.batchUpdate(
                "insert into waiting values (?, ?) on conflict do nothing",
                one.traces().waiting().stream()
                        .map(target -> new Object[] {target, rid})
                        .toList());
        jdbc.batchUpdate(
                "insert into mention values (?, ?) on conflict do nothing",
                one.traces().mentions().stream()
                        .map(target -> new Object[] {number(target), rid})
                        .toList());
        jdbc.batchUpdate(
                "insert into measure values (?, ?, ?)",
                one.traces().units().stream()
                        .map(unit -> new Object[] {rid, unit.code(), unit.unit()})
                        .toList());
    }

    private static Object[] item(String stream, Looked one) {
        var change = one.change();
        return new Object[] {
            stream,
            change.rid(),
            change.key().type(),
            change.key().id(),
            change.version(),
            change.patient(),
            one.module(),
            one.source(),
            (int) one.errors(),
            one.notChecked(),
            one.traces().digest()
        };
    }

    /** The number of a kind of finding. */
    long kind(String stream, Found found) {
        UUID digest = UUID.nameUUIDFromBytes((stream + "\n" + found.rule() + "\n" + found.severity() + "\n"
                        + found.path() + "\n" + found.profile() + "\n" + found.message())
                .getBytes(StandardCharsets.UTF_8));
        Long known = kinds.get(digest);
        if (known == null) {
            known = client.sql("""
                            insert into kind (digest, stream, area, rule, severity, path, profile, message)
                            values (?, ?, ?, ?, ?, ?, ?, ?)
                            on conflict (digest) do update set area = excluded.area returning id""")
                    .params(
                            digest,
                            stream,
                            found.area(),
                            found.rule(),
                            found.severity(),
                            found.path(),
                            found.profile(),
                            found.message())
                    .query(Long.class)
                    .single();
            kinds.put(digest, known);
        }
        return known;
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    /** Runs this in one transaction. */
    void together(Runnable work) {
        transactions.executeWithoutResult(status -> work.run());
    }

    JdbcClient client() {
        return client;
    }
}
