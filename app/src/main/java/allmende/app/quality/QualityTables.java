package allmende.app.quality;

import allmende.engine.store.SideTables;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
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
        // versions are forgotten, so that each is looked at again; what was found stays until then
        transactions.executeWithoutResult(status -> {
            client.sql("update item set version = -1 where stream = ?")
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

    /** Forgets resources that are gone. */
    void forget(String stream, Collection<Long> rids) {
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
            client.sql("delete from waiting where rid in (:rids)")
                    .param("rids", rids)
                    .update();
        }
    }

    /** Keeps what was found instead of what was known of these resources; all or nothing. */
    void keep(String stream, List<Looked> all) {
        if (all.isEmpty()) {
            return;
        }
        transactions.executeWithoutResult(status -> {
            forget(stream, all.stream().map(one -> one.change().rid()).toList());
            List<Object[]> items = new ArrayList<>();
            List<Object[]> issues = new ArrayList<>();
            List<Object[]> waiting = new ArrayList<>();
            for (Looked one : all) {
                items.add(item(stream, one));
                for (Found found : one.found()) {
                    issues.add(new Object[] {stream, one.change().rid(), kind(stream, found), found.location()});
                }
                one.waiting()
                        .forEach(target ->
                                waiting.add(new Object[] {target, one.change().rid()}));
            }
            jdbc.batchUpdate("insert into item values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", items);
            jdbc.batchUpdate("insert into issue values (?, ?, ?, ?)", issues);
            jdbc.batchUpdate("insert into waiting values (?, ?) on conflict do nothing", waiting);
        });
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
            one.digest()
        };
    }

    private long kind(String stream, Found found) {
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

    /** Works the figures of a day out anew from what was found. */
    void count(LocalDate day, long t) {
        transactions.executeWithoutResult(status -> {
            client.sql("delete from figure where day = ?").param(day).update();
            client.sql("""
                            insert into figure
                            with checked as (
                                select stream, module, source, count(*) as n from item group by stream, module, source)
                            select ?, ?, k.stream, min(k.area), k.rule, k.severity, i.module, i.source,
                                   count(distinct i.rid), min(c.n)
                            from issue s join kind k on k.id = s.kind
                                join item i on i.stream = s.stream and i.rid = s.rid
                                join checked c on c.stream = i.stream and c.module = i.module and c.source = i.source
                            where k.severity <> 'information'
                            group by k.stream, k.rule, k.severity, i.module, i.source
                            union all
                            select ?, ?, stream, '', '', '', module, source,
                                   count(*) filter (where errors > 0), count(*)
                            from item group by stream, module, source""").params(day, t, day, t).update();
        });
    }

    JdbcClient client() {
        return client;
    }
}
