package allmende.app.portal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows behind {@link Questions}; decides who sees a question, not what may be done with it. */
final class QuestionRows {

    private static final String VISIBLE = "(q.owner = :account or (q.shared and q.team = :team))";

    private static final String SELECT = """
            select q.*, e.document,
                   exists (select from edit b where b.question = q.id and b.step < q.step) as undoable,
                   exists (select from edit a where a.question = q.id and a.step > q.step) as redoable
            from question q join edit e on e.question = q.id and e.step = q.step
            where q.id = :id and\s""" + VISIBLE;

    private final JdbcClient jdbc;

    QuestionRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Question insert(Viewer viewer, String name, String document, Instant now) {
        long id = jdbc.sql("""
                        insert into question (name, owner, team, created, changed)
                        values (:name, :owner, :team, :now, :now) returning id
                        """)
                .param("name", name)
                .param("owner", viewer.account())
                .param("team", viewer.team(), java.sql.Types.BIGINT)
                .param("now", Timestamp.from(now))
                .query(Long.class)
                .single();
        insertStep(id, 0, document, viewer.account(), now);
        return new Question(id, name, "", viewer.account(), viewer.team(), false, 1, false, false, document, now, now);
    }

    List<QuestionEntry> list(Viewer viewer) {
        return jdbc.sql("""
                        select q.id, q.name, q.notes, q.owner, q.shared, q.changed,
                               (select count(*) from ask a where a.question = q.id) as asks,
                               (select max(a.number) from ask a where a.question = q.id) as last
                        from question q where\s""" + VISIBLE + " order by q.changed desc, q.id desc")
                .param("account", viewer.account())
                .param("team", viewer.team(), java.sql.Types.BIGINT)
                .query((row, number) -> new QuestionEntry(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getString("notes"),
                        row.getLong("owner"),
                        row.getBoolean("shared"),
                        instant(row, "changed"),
                        row.getInt("asks"),
                        row.getObject("last", Integer.class)))
                .list();
    }

    /**
     * The question; with {@code locked}, nobody else changes it until the transaction ends. The lock comes before the read:
     * a read that waits for the lock itself would join the new question with the edits of before.
     */
    @Nullable
    Question find(Viewer viewer, long id, boolean locked) {
        if (locked) {
            jdbc.sql("select id from question where id = ? for update")
                    .param(id)
                    .query(Long.class)
                    .optional();
        }
        return jdbc.sql(SELECT)
                .param("id", id)
                .param("account", viewer.account())
                .param("team", viewer.team(), java.sql.Types.BIGINT)
                .query((row, number) -> question(row))
                .optional()
                .orElse(null);
    }

    private static Question question(ResultSet row) throws SQLException {
        return new Question(
                row.getLong("id"),
                row.getString("name"),
                row.getString("notes"),
                row.getLong("owner"),
                row.getObject("team", Long.class),
                row.getBoolean("shared"),
                row.getLong("revision"),
                row.getBoolean("undoable"),
                row.getBoolean("redoable"),
                row.getString("document"),
                instant(row, "created"),
                instant(row, "changed"));
    }

    /** A new edit after the current one; what could have been done again is gone. */
    void addStep(Question question, String document, long account, Instant now) {
        long id = question.id();
        int step = step(id);
        jdbc.sql("delete from edit where question = ? and (step > ? or step <= ?)")
                .params(id, step, step + 1 - Questions.STEPS_MAX)
                .update();
        insertStep(id, step + 1, document, account, now);
        jdbc.sql("update question set step = ? where id = ?")
                .params(step + 1, id)
                .update();
    }

    boolean moveStep(Question question, int by) {
        return jdbc.sql("update question set step = step + ? where id = ?")
                        .params(by, question.id())
                        .update()
                == 1;
    }

    private int step(long id) {
        return jdbc.sql("select step from question where id = ?")
                .param(id)
                .query(Integer.class)
                .single();
    }

    private void insertStep(long id, int step, String document, long account, Instant now) {
        jdbc.sql("insert into edit (question, step, document, account, at) values (?, ?, ?, ?, ?)")
                .params(id, step, document, account, Timestamp.from(now))
                .update();
    }

    void describe(long id, String name, String notes) {
        jdbc.sql("update question set name = ?, notes = ? where id = ?")
                .params(name, notes, id)
                .update();
    }

    boolean share(Viewer owner, long id, boolean shared) {
        return jdbc.sql("update question set shared = :shared, team = :team where id = :id")
                        .param("shared", shared)
                        .param("team", owner.team(), java.sql.Types.BIGINT)
                        .param("id", id)
                        .update()
                == 1;
    }

    int insertVersion(Question question, String name, long account, Instant now) {
        return jdbc.sql("""
                        insert into version (question, number, name, document, account, at)
                        select :id, coalesce(max(number), 0) + 1, :name, :document, :account, :now
                        from version where question = :id returning number
                        """)
                .param("id", question.id())
                .param("name", name)
                .param("document", question.document())
                .param("account", account)
                .param("now", Timestamp.from(now))
                .query(Integer.class)
                .single();
    }

    List<QuestionVersion> versions(long id) {
        return jdbc.sql("select * from version where question = ? order by number desc")
                .param(id)
                .query((row, number) -> new QuestionVersion(
                        row.getInt("number"),
                        row.getString("name"),
                        row.getString("document"),
                        row.getLong("account"),
                        instant(row, "at")))
                .list();
    }

    void touch(long id, Instant now) {
        jdbc.sql("update question set revision = revision + 1, changed = ? where id = ?")
                .params(Timestamp.from(now), id)
                .update();
    }

    boolean delete(Viewer viewer, long id) {
        return jdbc.sql("delete from question where id = ? and owner = ?")
                        .params(id, viewer.account())
                        .update()
                == 1;
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
