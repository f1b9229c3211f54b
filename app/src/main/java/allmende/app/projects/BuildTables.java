package allmende.app.projects;

import allmende.core.disclosure.Approval;
import allmende.core.fhir.FhirJson;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import tools.jackson.databind.JsonNode;

/** Builds, who is in them, and who has approved them, in the database. */
final class BuildTables {

    private static final String COLUMNS =
            "id, project, by, at, t, consent_day, suppress_to, request_hash, state, done, total, content_hash, patients,"
                    + " resources, report, sample, fault, ended_at";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    BuildTables(javax.sql.DataSource source) {
        jdbc = JdbcClient.create(source);
        batches = new JdbcTemplate(source);
    }

    /** A patient of a build. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Member(byte[] key, int patient, String pseudonym) {}

    /**
     * What a build reads: the site's data at this transaction, judging consent by this day; and the size of groups below which
     * patients are left out, 0 for none.
     */
    record Snapshot(long t, LocalDate consentDay, int suppressTo) {}

    /** Begins a build; its number. */
    long begin(DataUseProject project, String by, Instant at, Snapshot from) {
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("insert into build (project, by, at, t, consent_day, suppress_to, request_hash, state)"
                        + " values (?, ?, ?, ?, ?, ?, ?, 'RUNNING')")
                .params(project.id(), by, Timestamp.from(at), from.t(), from.consentDay(), from.suppressTo())
                .param(project.request().hash())
                .update(key, "id");
        return Objects.requireNonNull(key.getKey()).longValue();
    }

    void progress(long id, Build.Progress progress) {
        jdbc.sql("update build set done = ?, total = ? where id = ?")
                .params(progress.done(), progress.total(), id)
                .update();
    }

    /** Ends a build that went well. */
    void done(long id, String contentHash, Building.Built built, Instant at) {
        jdbc.sql("update build set state = 'DONE', content_hash = ?, patients = ?, resources = ?, report = ?::jsonb,"
                        + " sample = ?::jsonb, ended_at = ? where id = ?")
                .params(contentHash, built.patients().size(), built.resources())
                .params(text(built.report()), text(built.sample()))
                .params(Timestamp.from(at), id)
                .update();
    }

    /** Ends a build that has nothing to show. */
    void ended(long id, Build.State state, String fault, Instant at) {
        jdbc.sql("update build set state = ?, fault = ?, ended_at = ?, sample = '[]' where id = ?")
                .params(state.name(), fault, Timestamp.from(at), id)
                .update();
        jdbc.sql("delete from build_patient where build = ? and not exists (select 1 from delivery d where"
                        + " d.build = ?)")
                .params(id, id)
                .update();
    }

    void members(long id, List<Member> members) {
        batches.batchUpdate(
                "insert into build_patient values (?, ?, ?, ?)",
                members.stream()
                        .map(one -> new Object[] {id, one.key(), one.patient(), one.pseudonym()})
                        .toList());
    }

    Optional<Build> find(long id) {
        return jdbc.sql("select " + COLUMNS + " from build where id = ?")
                .param(id)
                .query(BuildTables::build)
                .optional();
    }

    /** The newest build of a project. */
    Optional<Build> newest(String project) {
        return jdbc.sql("select " + COLUMNS + " from build where project = ? order by id desc limit 1")
                .param(project)
                .query(BuildTables::build)
                .optional();
    }

    /** Builds of a project before this one. */
    List<Long> before(Build build) {
        return jdbc.sql("select id from build where project = ? and id < ? order by id")
                .params(build.project(), build.id())
                .query((row, n) -> row.getLong(1))
                .list();
    }

    /** Builds that had not ended when the site did. */
    List<Build> running() {
        return jdbc.sql("select " + COLUMNS + " from build where state = 'RUNNING' order by id")
                .query(BuildTables::build)
                .list();
    }

    /** Builds that lie ready or have left, with this patient in them. */
    List<Long> with(byte[] patientKey) {
        return jdbc.sql("select p.build from build_patient p join build b on b.id = p.build"
                        + " where p.patient_key = ? and b.state = 'DONE' order by p.build")
                .param(patientKey)
                .query((row, n) -> row.getLong(1))
                .list();
    }

    /** The names in the register of a patient whom the store calls by this number. */
    List<byte[]> keys(int patient) {
        return jdbc.sql("select distinct patient_key from build_patient where patient = ?")
                .param(patient)
                .query((row, n) -> row.getBytes(1))
                .list();
    }

    /** The names in the register of those in a build whom the store did not know any more. */
    List<byte[]> keysWithoutNumber(long build) {
        return jdbc.sql("select patient_key from build_patient where build = ? and patient = -1")
                .param(build)
                .query((row, n) -> row.getBytes(1))
                .list();
    }

    /** Forgets the rows that were shown before anybody decided. */
    void clearSample(long build) {
        jdbc.sql("update build set sample = '[]' where id = ?").param(build).update();
    }

    void approve(long build, Approval approval) {
        jdbc.sql("insert into approval (build, person, role, at, binding_hash) values (?, ?, ?, ?, ?)")
                .params(build, approval.person(), approval.role().name(), Timestamp.from(approval.at()))
                .param(approval.bindingHash())
                .update();
    }

    List<Approval> approvals(long build) {
        return jdbc.sql("select person, role, at, binding_hash from approval where build = ? order by id")
                .param(build)
                .query((row, n) -> new Approval(
                        row.getString(1),
                        Approval.Role.valueOf(row.getString(2)),
                        row.getTimestamp(3).toInstant(),
                        row.getString(4)))
                .list();
    }

    /** How many patients of a build have withdrawn. */
    int withdrawn(long build) {
        return jdbc.sql("select count(*)::int from withdrawal where build = ?")
                .param(build)
                .query(Integer.class)
                .single();
    }

    /** Notes that a patient of a build has withdrawn; false where it was known. */
    boolean withdraw(long build, byte[] patientKey, long t, String reason, Instant at) {
        return jdbc.sql("insert into withdrawal values (?, ?, ?, ?, ?) on conflict do nothing")
                        .params(build, patientKey, t, Timestamp.from(at), reason)
                        .update()
                > 0;
    }

    /** What a patient is called in a build. */
    String pseudonym(long build, byte[] patientKey) {
        return jdbc.sql("select pseudonym from build_patient where build = ? and patient_key = ?")
                .params(build, patientKey)
                .query((row, n) -> row.getString(1))
                .single();
    }

    private static String text(JsonNode node) {
        return new String(FhirJson.write(node), StandardCharsets.UTF_8);
    }

    private static JsonNode json(String text) {
        return FhirJson.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Build build(ResultSet row, int number) throws SQLException {
        return new Build(
                row.getLong("id"),
                row.getString("project"),
                row.getString("by"),
                row.getTimestamp("at").toInstant(),
                row.getLong("t"),
                row.getObject("consent_day", LocalDate.class),
                row.getInt("suppress_to"),
                row.getString("request_hash"),
                Build.State.valueOf(row.getString("state")),
                new Build.Progress(row.getLong("done"), row.getLong("total")),
                row.getString("content_hash"),
                new Build.Size(row.getInt("patients"), row.getLong("resources")),
                json(row.getString("report")),
                json(row.getString("sample")),
                row.getString("fault"),
                ProjectTables.instant(row.getTimestamp("ended_at")));
    }
}
