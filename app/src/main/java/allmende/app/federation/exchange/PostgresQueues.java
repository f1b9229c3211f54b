package allmende.app.federation.exchange;

import allmende.app.federation.PartyId;
import allmende.app.federation.TaskKind;
import allmende.app.federation.trust.Act;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Queues in PostgreSQL. A queue's row is locked by who writes to it, so numbers become visible in their order. */
class PostgresQueues implements Queues {

    final JdbcClient jdbc;

    PostgresQueues(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public long taken(PartyId from) {
        Optional<Long> taken = lockedTaken(from);
        if (taken.isPresent()) {
            return taken.get();
        }
        jdbc.sql("insert into queue (party) values (:party) on conflict (party) do nothing")
                .param("party", from.value())
                .update();
        return lockedTaken(from).orElse(0L);
    }

    private Optional<Long> lockedTaken(PartyId from) {
        return jdbc.sql("select taken from queue where party = :party for update")
                .param("party", from.value())
                .query(Long.class)
                .optional();
    }

    @Override
    public void take(PartyId from, long number) {
        jdbc.sql("insert into queue (party, taken) values (:party, :number)"
                        + " on conflict (party) do update set taken = excluded.taken")
                .param("party", from.value())
                .param("number", number)
                .update();
    }

    @Override
    public long append(PartyId to, Outgoing message) {
        long number = jdbc.sql("insert into queue (party, sent) values (:party, 1)"
                        + " on conflict (party) do update set sent = queue.sent + 1 returning sent")
                .param("party", to.value())
                .query(Long.class)
                .single();
        jdbc.sql("insert into outbox (party, number, id, act, kind, task, body)"
                        + " values (:party, :number, :id, :act, :kind, :task, :body)")
                .param("party", to.value())
                .param("number", number)
                .param("id", message.id())
                .param("act", message.act().name())
                .param("kind", message.kind().name())
                .param("task", message.task())
                .param("body", message.body())
                .update();
        return number;
    }

    @Override
    public List<Queued> queued(PartyId to, long after, int max) {
        return jdbc.sql("select o.number, o.id, o.act, o.kind, o.task, coalesce(o.body, q.body) as body"
                        + " from outbox o left join question q on o.body is null and q.id = o.task"
                        + " where o.party = :party and o.number > :after order by o.number limit :max")
                .param("party", to.value())
                .param("after", after)
                .param("max", max)
                .query((row, index) -> queued(row))
                .list();
    }

    private static Queued queued(ResultSet row) throws SQLException {
        return new Queued(
                row.getLong("number"),
                new Outgoing(
                        row.getString("id"),
                        Act.valueOf(row.getString("act")),
                        TaskKind.valueOf(row.getString("kind")),
                        row.getString("task"),
                        row.getString("body")));
    }

    @Override
    public List<PartyId> crowded(int messages) {
        return jdbc.sql("select party from outbox group by party having count(*) >= :messages")
                .param("messages", messages)
                .query((row, index) -> new PartyId(row.getString(1)))
                .list();
    }

    @Override
    public int waiting(PartyId to) {
        return jdbc.sql("select count(*) from outbox where party = :party")
                .param("party", to.value())
                .query(Integer.class)
                .single();
    }

    @Override
    public void settle(PartyId to, long number) {
        jdbc.sql("delete from outbox where party = :party and number <= :number")
                .param("party", to.value())
                .param("number", number)
                .update();
    }

    @Override
    public void settle(Map<PartyId, Long> taken) {
        jdbc.sql("delete from outbox o using unnest(:names, :numbers) as a (party, number)"
                        + " where o.party = a.party and o.number <= a.number")
                .param("names", names(taken))
                .param("numbers", numbers(taken))
                .update();
    }

    @Override
    public List<PartyId> ahead(Map<PartyId, Long> taken) {
        return jdbc.sql("select a.party from unnest(:names, :numbers) as a (party, number)"
                        + " left join queue q using (party) where a.number > coalesce(q.sent, 0) order by a.party")
                .param("names", names(taken))
                .param("numbers", numbers(taken))
                .query((row, index) -> new PartyId(row.getString(1)))
                .list();
    }

    private static String[] names(Map<PartyId, Long> numbers) {
        return numbers.keySet().stream().map(PartyId::value).toArray(String[]::new);
    }

    private static Long[] numbers(Map<PartyId, Long> numbers) {
        return numbers.values().toArray(Long[]::new);
    }

    @Override
    public long sent(PartyId to) {
        return jdbc.sql("select sent from queue where party = :party")
                .param("party", to.value())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    @Override
    public void renumber(PartyId to, long number) {
        // Beyond all old and new numbers first, so that no number is there twice in between.
        jdbc.sql("insert into queue (party, sent) values (:party, :number)"
                        + " on conflict (party) do update set sent = excluded.sent")
                .param("party", to.value())
                .param("number", number)
                .update();
        List<Queued> waiting = jdbc.sql(
                        "delete from outbox where party = :party" + " returning number, id, act, kind, task, body")
                .param("party", to.value())
                .query((row, index) -> queued(row))
                .list();
        waiting.stream()
                .sorted(java.util.Comparator.comparingLong(Queued::number))
                .forEach(message -> append(to, message.message()));
    }

    @Override
    public void reset(PartyId party) {
        jdbc.sql("delete from outbox where party = :party")
                .param("party", party.value())
                .update();
        jdbc.sql("update queue set taken = 0, sent = 0 where party = :party")
                .param("party", party.value())
                .update();
    }

    @Override
    public void withdraw(PartyId to, Act act, TaskKind kind) {
        jdbc.sql("delete from outbox where party = :party and act = :act and kind = :kind")
                .param("party", to.value())
                .param("act", act.name())
                .param("kind", kind.name())
                .update();
    }

    @Override
    public void withdraw(PartyId to, String task) {
        jdbc.sql("delete from outbox where party = :party and task = :task")
                .param("party", to.value())
                .param("task", task)
                .update();
    }
}
