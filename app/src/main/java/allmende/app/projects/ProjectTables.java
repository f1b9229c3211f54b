package allmende.app.projects;

import allmende.core.disclosure.CommitteeVote;
import allmende.engine.store.SideTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Projects and their steps in the database. */
final class ProjectTables {

    private static final String COLUMNS = "id, title, purpose, legal_basis, crtdl, crtdl_hash, rule_set_name, rule_set,"
            + " rule_set_hash, recipient, recipient_key, recipient_fingerprint, expiry, state, changed_by, changed_at";

    private static final String READ = COLUMNS + ", vote_positive, vote_day, vote_reference";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    ProjectTables(SideTables tables) {
        jdbc = JdbcClient.create(tables.dataSource());
        transactions = new TransactionTemplate(new DataSourceTransactionManager(tables.dataSource()));
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    TransactionTemplate transactions() {
        return transactions;
    }

    /** Writes a project that is new or was changed, without a vote; its first step with it. */
    void write(DataUseProject project) {
        DataUseProject.Request request = project.request();
        jdbc.sql("insert into project (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on"
                        + " conflict (id) do update set title = excluded.title, purpose ="
                        + " excluded.purpose, legal_basis = excluded.legal_basis, crtdl ="
                        + " excluded.crtdl, crtdl_hash = excluded.crtdl_hash, rule_set_name"
                        + " = excluded.rule_set_name, rule_set = excluded.rule_set,"
                        + " rule_set_hash = excluded.rule_set_hash, recipient ="
                        + " excluded.recipient, recipient_key = excluded.recipient_key,"
                        + " recipient_fingerprint = excluded.recipient_fingerprint, expiry"
                        + " = excluded.expiry, state = excluded.state, changed_by ="
                        + " excluded.changed_by, changed_at = excluded.changed_at, vote_positive = null,"
                        + " vote_day = null, vote_reference = null")
                .params(project.id(), project.title(), project.purpose(), project.legalBasis())
                .params(request.crtdl(), request.crtdlHash(), request.ruleSetName(), request.ruleSet())
                .params(request.ruleSetHash(), project.recipient().name())
                .params(project.recipient().key(), project.recipient().fingerprint())
                .params(Timestamp.from(project.expiry()), project.state().name())
                .params(project.changedBy(), Timestamp.from(project.changedAt()))
                .update();
        note(project.id(), new Step(project.state(), project.changedBy(), project.changedAt(), ""));
    }

    /** Writes down what the committee has decided. */
    void vote(String id, CommitteeVote vote) {
        jdbc.sql("update project set vote_positive = ?, vote_day = ?, vote_reference = ? where id = ?")
                .params(vote.positive(), vote.day(), vote.reference(), id)
                .update();
    }

    private static @Nullable CommitteeVote vote(ResultSet row) throws SQLException {
        String reference = row.getString("vote_reference");
        return reference == null
                ? null
                : new CommitteeVote(
                        row.getBoolean("vote_positive"), row.getObject("vote_day", LocalDate.class), reference);
    }

    /** Brings a project into a state; to be called with the project held. */
    void move(String id, Step step) {
        jdbc.sql("update project set state = ?, changed_by = ?, changed_at = ? where id = ?")
                .params(step.state().name(), step.by(), Timestamp.from(step.at()), id)
                .update();
        note(id, step);
    }

    /** Writes a step down without a change of state. */
    void note(String id, Step step) {
        jdbc.sql("insert into step (project, state, by, at, note) values (?, ?, ?, ?, ?)")
                .params(id, step.state().name(), step.by(), Timestamp.from(step.at()), step.note())
                .update();
    }

    Optional<DataUseProject> find(String id) {
        return jdbc.sql("select " + READ + " from project where id = ?")
                .param(id)
                .query(ProjectTables::project)
                .optional();
    }

    /** Reads a project and holds it until the end of the transaction. */
    Optional<DataUseProject> hold(String id) {
        return jdbc.sql("select " + READ + " from project where id = ? for update")
                .param(id)
                .query(ProjectTables::project)
                .optional();
    }

    /** All projects, the one that changed last first. */
    List<DataUseProject> all() {
        return jdbc.sql("select " + READ + " from project order by changed_at desc, id")
                .query(ProjectTables::project)
                .list();
    }

    /** The steps of a project, oldest first. */
    List<Step> steps(String id) {
        return jdbc.sql("select state, by, at, note from step where project = ? order by id")
                .param(id)
                .query((row, n) -> new Step(
                        ProjectState.valueOf(row.getString(1)),
                        row.getString(2),
                        row.getTimestamp(3).toInstant(),
                        row.getString(4)))
                .list();
    }

    /** Projects whose time is over and that are not told so yet. */
    List<String> expired(Instant now) {
        return jdbc.sql("select id from project where expiry <= ? and state not in ('EXPIRED', 'REVOKED')")
                .param(Timestamp.from(now))
                .query((row, n) -> row.getString(1))
                .list();
    }

    /** How far a follower is; nothing before it has begun. */
    Optional<Long> reached(String follower) {
        return jdbc.sql("select t from follower where name = ?")
                .param(follower)
                .query(Long.class)
                .optional();
    }

    /** Lets a follower begin there, unless it has begun. */
    void begin(String follower, long t) {
        jdbc.sql("insert into follower values (?, ?) on conflict do nothing")
                .params(follower, t)
                .update();
    }

    void reached(String follower, long t) {
        jdbc.sql("update follower set t = ? where name = ?").params(t, follower).update();
    }

    static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    private static DataUseProject project(ResultSet row, int number) throws SQLException {
        return new DataUseProject(
                row.getString("id"),
                row.getString("title"),
                row.getString("purpose"),
                row.getString("legal_basis"),
                vote(row),
                new DataUseProject.Request(
                        row.getBytes("crtdl"),
                        row.getString("crtdl_hash"),
                        row.getString("rule_set_name"),
                        row.getBytes("rule_set"),
                        row.getString("rule_set_hash")),
                new DataUseProject.Recipient(
                        row.getString("recipient"),
                        row.getString("recipient_key"),
                        row.getString("recipient_fingerprint")),
                row.getTimestamp("expiry").toInstant(),
                ProjectState.valueOf(row.getString("state")),
                row.getString("changed_by"),
                row.getTimestamp("changed_at").toInstant());
    }
}
