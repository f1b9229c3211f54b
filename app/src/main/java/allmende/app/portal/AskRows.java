package allmende.app.portal;

import allmende.app.portal.Ask.AskedSite;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows behind {@link Asking}. */
final class AskRows {

    private static final int DRIVEN_AT_ONCE = 100;

    private final JdbcClient jdbc;

    AskRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is to be asked.
     *
     * @param cohort CCDL as JSON text
     * @param body the whole input of the task
     */
    record Intent(long question, int version, long account, String cohort, String body, double epsilon) {}

    /**
     * An ask that the federation has not taken over yet, as far as is noted here.
     *
     * @param key by which the federation knows whether it has
     */
    record Waiting(long id, String key, String body, Instant deadline, List<String> sites) {}

    long insert(Intent intent, List<AskedSite> sites, Instant asked, Instant deadline) {
        long id = jdbc.sql("""
                        insert into ask (question, number, version, account, cohort, body, epsilon, asked, deadline, key)
                        select :question, coalesce(max(number), 0) + 1, :version, :account, :cohort, :body, :epsilon,
                               :asked, :deadline, gen_random_uuid()::text
                        from ask where question = :question returning id
                        """)
                .param("question", intent.question())
                .param("version", intent.version())
                .param("account", intent.account())
                .param("cohort", intent.cohort())
                .param("body", intent.body())
                .param("epsilon", intent.epsilon())
                .param("asked", Timestamp.from(asked))
                .param("deadline", Timestamp.from(deadline))
                .query(Long.class)
                .single();
        for (AskedSite site : sites) {
            jdbc.sql("insert into ask_site (ask, site, name) values (?, ?, ?)")
                    .params(id, site.id(), site.name())
                    .update();
        }
        return id;
    }

    List<Waiting> waiting() {
        return jdbc.sql("select id, key, body, deadline from ask where task is null order by id limit ?")
                .param(DRIVEN_AT_ONCE)
                .query((row, number) -> new Waiting(
                        row.getLong("id"),
                        row.getString("key"),
                        row.getString("body"),
                        row.getTimestamp("deadline").toInstant(),
                        sites(row.getLong("id")).stream().map(AskedSite::id).toList()))
                .list();
    }

    void sent(long id, String task) {
        jdbc.sql("update ask set task = ? where id = ?").params(task, id).update();
    }

    Optional<Ask> find(long question, int number) {
        return jdbc.sql("select * from ask where question = ? and number = ?")
                .params(question, number)
                .query((row, at) -> ask(row))
                .optional();
    }

    Optional<Ask> find(long id) {
        return jdbc.sql("select * from ask where id = ?")
                .param(id)
                .query((row, at) -> ask(row))
                .optional();
    }

    List<Ask> history(long question) {
        return jdbc.sql("select * from ask where question = ? order by number desc")
                .param(question)
                .query((row, number) -> ask(row))
                .list();
    }

    private Ask ask(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        return new Ask(
                id,
                row.getObject("question", Long.class),
                row.getInt("number"),
                row.getInt("version"),
                row.getLong("account"),
                row.getString("cohort"),
                row.getDouble("epsilon"),
                row.getTimestamp("asked").toInstant(),
                row.getTimestamp("deadline").toInstant(),
                row.getString("task") != null,
                sites(id));
    }

    private List<AskedSite> sites(long ask) {
        return jdbc.sql("select site, name from ask_site where ask = ? order by name, site")
                .param(ask)
                .query((row, number) -> new AskedSite(row.getString("site"), row.getString("name")))
                .list();
    }
}
