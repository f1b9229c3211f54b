package allmende.app.federation.exchange;

import static allmende.app.federation.exchange.PostgresStore.time;

import allmende.app.federation.PartyId;
import allmende.app.federation.TaskKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A site's tasks in PostgreSQL. */
class PostgresTasks extends PostgresQuestions implements Tasks {

    private static final String COLUMNS = "id, party, kind, body, received, state, note";

    PostgresTasks(JdbcClient jdbc) {
        super(jdbc);
    }

    @Override
    public boolean receive(Inbound task) {
        return jdbc.sql("insert into task (" + COLUMNS + ") values (:id, :party, :kind, :body, :received, :state, null)"
                                + " on conflict (id) do nothing")
                        .param("id", task.id())
                        .param("party", task.from().value())
                        .param("kind", task.kind().name())
                        .param("body", task.body())
                        .param("received", time(task.received()))
                        .param("state", task.state().name())
                        .update()
                == 1;
    }

    @Override
    public Optional<Inbound> task(String id) {
        return jdbc.sql("select " + COLUMNS + " from task where id = :id for update")
                .param("id", id)
                .query((row, index) -> inbound(row))
                .optional();
    }

    @Override
    public List<Inbound> tasks(Inbound.State state, int max) {
        return jdbc.sql("select " + COLUMNS + " from task where state = '" + state.name()
                        + "' order by number limit :max")
                .param("max", max)
                .query((row, index) -> inbound(row))
                .list();
    }

    private static Inbound inbound(ResultSet row) throws SQLException {
        return new Inbound(
                row.getString("id"),
                new PartyId(row.getString("party")),
                TaskKind.valueOf(row.getString("kind")),
                row.getString("body"),
                PostgresQuestions.at(row, "received"),
                Inbound.State.valueOf(row.getString("state")),
                row.getString("note"));
    }

    @Override
    public int count(Inbound.State state) {
        return jdbc.sql("select count(*) from task where state = '" + state.name() + "'")
                .query(Integer.class)
                .single();
    }

    @Override
    public void update(Inbound task) {
        jdbc.sql("update task set body = :body, state = :state, note = :note where id = :id")
                .param("body", task.body())
                .param("state", task.state().name())
                .param("note", task.note())
                .param("id", task.id())
                .update();
    }

    @Override
    public void forgetTasks(Instant received) {
        jdbc.sql("delete from task where state = 'DONE' and received < :received")
                .param("received", time(received))
                .update();
    }
}
