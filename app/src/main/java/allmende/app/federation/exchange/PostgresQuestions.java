package allmende.app.federation.exchange;

import static allmende.app.federation.exchange.PostgresStore.time;

import allmende.app.federation.PartyId;
import allmende.app.federation.TaskKind;
import allmende.app.federation.trust.Act;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Questions and answers in PostgreSQL. */
class PostgresQuestions extends PostgresQueues implements Questions {

    PostgresQuestions(JdbcClient jdbc) {
        super(jdbc);
    }

    @Override
    public @Nullable String begin(Question question) {
        // Waits for another transaction that is about to note the same key.
        int noted = jdbc.sql("insert into question (id, key, kind, body, asked, deadline)"
                        + " values (:id, :key, :kind, :body, :asked, :deadline) on conflict (key) do nothing")
                .param("id", question.id())
                .param("key", question.key())
                .param("kind", question.kind().name())
                .param("body", question.body())
                .param("asked", time(question.asked()))
                .param("deadline", time(question.deadline()))
                .update();
        return noted == 1
                ? null
                : jdbc.sql("select id from question where key = :key")
                        .param("key", question.key())
                        .query(String.class)
                        .single();
    }

    @Override
    public Map<PartyId, Queued> ask(Question question, Collection<PartyId> sites, Supplier<String> messageIds) {
        // Queues are locked in the order of their names, so that two questions at once never wait for each other.
        String[] names = sites.stream().map(PartyId::value).sorted().toArray(String[]::new);
        String[] ids = Stream.generate(messageIds).limit(names.length).toArray(String[]::new);
        List<Sent> sent = jdbc.sql("""
                with asked as (select * from unnest(:names, :ids) as a (party, id)),
                numbered as (
                    insert into queue (party, sent) select party, 1 from asked order by party
                    on conflict (party) do update set sent = queue.sent + 1
                    returning party, sent)
                insert into outbox (party, number, id, act, kind, task)
                select party, sent, id, 'ASK', :kind, :task from numbered join asked using (party)
                returning party, number, id
                """)
                .param("names", names)
                .param("ids", ids)
                .param("kind", question.kind().name())
                .param("task", question.id())
                .query((row, index) -> new Sent(new PartyId(row.getString(1)), row.getLong(2), row.getString(3)))
                .list();
        jdbc.sql(
                        "insert into delivery (task, party, state) select :task, party, 'OPEN' from unnest(:names) as a (party)")
                .param("task", question.id())
                .param("names", names)
                .update();
        return sent.stream()
                .collect(Collectors.toMap(
                        Sent::to,
                        one -> new Queued(
                                one.number(),
                                new Outgoing(one.id(), Act.ASK, question.kind(), question.id(), question.body()))));
    }

    private record Sent(PartyId to, long number, String id) {}

    @Override
    public Optional<Question> question(String task) {
        return jdbc.sql("select id, key, kind, body, asked, deadline from question where id = :id")
                .param("id", task)
                .query((row, index) -> new Question(
                        row.getString("id"),
                        row.getString("key"),
                        TaskKind.valueOf(row.getString("kind")),
                        row.getString("body"),
                        at(row, "asked"),
                        at(row, "deadline")))
                .optional();
    }

    static Instant at(ResultSet row, String column) throws SQLException {
        return time(row.getObject(column, OffsetDateTime.class));
    }

    @Override
    public boolean answer(Answered answer) {
        return jdbc.sql("update delivery set state = 'ANSWERED', body = :body, at = :at, late = :late"
                                + " where task = :task and party = :party and state = 'OPEN'")
                        .param("task", answer.task())
                        .param("party", answer.site().value())
                        .param("body", answer.body())
                        .param("at", time(answer.at()))
                        .param("late", answer.late())
                        .update()
                == 1;
    }

    @Override
    public void answerUnasked(Answered answer) {
        jdbc.sql("insert into delivery (task, party, state, body, at, late)"
                        + " values (:task, :party, 'ANSWERED', :body, :at, :late)")
                .param("task", answer.task())
                .param("party", answer.site().value())
                .param("body", answer.body())
                .param("at", time(answer.at()))
                .param("late", answer.late())
                .update();
    }

    @Override
    public List<String> unanswered(PartyId site) {
        return jdbc.sql("select task from delivery where party = :party and state = 'OPEN'")
                .param("party", site.value())
                .query((row, index) -> row.getString(1))
                .list();
    }

    @Override
    public List<Unanswered> unansweredBefore(Instant deadline, int max) {
        return jdbc.sql("select d.task, d.party from delivery d join question q on q.id = d.task"
                        + " where d.state = 'OPEN' and q.deadline < :deadline order by q.deadline limit :max")
                .param("deadline", time(deadline))
                .param("max", max)
                .query((row, index) -> new Unanswered(row.getString("task"), new PartyId(row.getString("party"))))
                .list();
    }

    @Override
    public List<Answered> untaken(int max) {
        return jdbc.sql("select task, party, body, at, late from delivery where state = 'ANSWERED'"
                        + " order by at, number limit :max")
                .param("max", max)
                .query((row, index) -> new Answered(
                        row.getString("task"),
                        new PartyId(row.getString("party")),
                        row.getString("body"),
                        at(row, "at"),
                        row.getBoolean("late")))
                .list();
    }

    @Override
    public void listened(Collection<Answered> answers) {
        jdbc.sql("update delivery d set state = 'TAKEN', body = null from unnest(:tasks, :names) as a (task, party)"
                        + " where d.task = a.task and d.party = a.party and d.state = 'ANSWERED'")
                .param("tasks", answers.stream().map(Answered::task).toArray(String[]::new))
                .param("names", answers.stream().map(one -> one.site().value()).toArray(String[]::new))
                .update();
    }

    @Override
    public void publish(Published publication) {
        jdbc.sql("insert into publication (party, kind, number, body, at)"
                        + " values (:party, :kind, :number, :body, :at) on conflict (party, kind) do update"
                        + " set number = excluded.number, body = excluded.body, at = excluded.at")
                .param("party", publication.site().value())
                .param("kind", publication.kind().name())
                .param("number", publication.number())
                .param("body", publication.body())
                .param("at", time(publication.at()))
                .update();
    }

    @Override
    public List<Published> unheard() {
        return jdbc.sql("select party, kind, number, body, at from publication order by at")
                .query((row, index) -> new Published(
                        new PartyId(row.getString("party")),
                        row.getLong("number"),
                        TaskKind.valueOf(row.getString("kind")),
                        row.getString("body"),
                        at(row, "at")))
                .list();
    }

    @Override
    public void heard(Published publication) {
        jdbc.sql("delete from publication where party = :party and kind = :kind and number = :number")
                .param("party", publication.site().value())
                .param("kind", publication.kind().name())
                .param("number", publication.number())
                .update();
    }

    @Override
    public void forgetQuestions(Instant deadline) {
        jdbc.sql("delete from question q where deadline < :deadline and not exists"
                        + " (select 1 from delivery d where d.task = q.id and d.state <> 'TAKEN')")
                .param("deadline", time(deadline))
                .update();
    }
}
