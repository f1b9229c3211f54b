package allmende.app.projects;

import allmende.core.fhir.FhirJson;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Deliveries, what was fetched of them, and what their recipients have to delete, in the database. */
final class DeliveryTables {

    private static final String COLUMNS =
            "id, project, build, by, at, channel, approved, expiry, files, stopped_at, stopped";
    private static final String TASKS = "select k.id, d.project, k.delivery, p.recipient, k.pseudonym, k.reason, k.at,"
            + " k.fetched_at, k.confirmed_at, k.confirmed_by, k.remark from deletion_task k"
            + " join delivery d on d.id = k.delivery join project p on p.id = d.project";

    private final JdbcClient jdbc;

    DeliveryTables(javax.sql.DataSource source) {
        jdbc = JdbcClient.create(source);
    }

    /** A try to fetch a file. */
    record Download(String file, Instant at, String address, String outcome) {}

    /** An entry of the register: this pseudonym went to this project in this delivery. */
    record Entry(String pseudonym, String project, String title, String recipient, String delivery, Instant at) {}

    void write(Delivery delivery, String tokenHash) {
        jdbc.sql("insert into delivery (" + COLUMNS + ", token_hash)"
                        + " values (?, ?, ?, ?, ?, ?, ?::text[], ?, ?::jsonb, null, '', ?)")
                .params(delivery.id(), delivery.project(), delivery.build(), delivery.by())
                .params(Timestamp.from(delivery.at()), delivery.channel().name())
                .param(literal(delivery.approvedBy()))
                .params(Timestamp.from(delivery.expiry()), files(delivery.files()), tokenHash)
                .update();
    }

    Optional<Delivery> find(String id) {
        return jdbc.sql("select " + COLUMNS + " from delivery where id = ?")
                .param(id)
                .query(DeliveryTables::delivery)
                .optional();
    }

    Optional<Delivery> ofToken(String tokenHash) {
        return jdbc.sql("select " + COLUMNS + " from delivery where token_hash = ?")
                .param(tokenHash)
                .query(DeliveryTables::delivery)
                .optional();
    }

    List<Delivery> of(String project) {
        return jdbc.sql("select " + COLUMNS + " from delivery where project = ? order by at desc")
                .param(project)
                .query(DeliveryTables::delivery)
                .list();
    }

    List<Delivery> ofBuild(long build) {
        return jdbc.sql("select " + COLUMNS + " from delivery where build = ? order by at")
                .param(build)
                .query(DeliveryTables::delivery)
                .list();
    }

    /** Stops a delivery; false where it was stopped before. */
    boolean stop(String id, String why, Instant at) {
        return jdbc.sql("update delivery set stopped_at = ?, stopped = ? where id = ? and stopped_at is null")
                        .params(Timestamp.from(at), why, id)
                        .update()
                > 0;
    }

    void fetched(String delivery, Download download) {
        jdbc.sql("insert into download (delivery, file, at, address, outcome) values (?, ?, ?, ?, ?)")
                .params(delivery, download.file(), Timestamp.from(download.at()), download.address())
                .param(download.outcome())
                .update();
    }

    List<Download> downloads(String delivery) {
        return jdbc.sql("select file, at, address, outcome from download where delivery = ? order by id desc limit 100")
                .param(delivery)
                .query((row, n) -> new Download(
                        row.getString(1), row.getTimestamp(2).toInstant(), row.getString(3), row.getString(4)))
                .list();
    }

    /** Makes a task to delete; nothing where there is one. */
    boolean task(String id, String delivery, BuildTables.Member whom, String reason, Instant at) {
        return jdbc.sql("insert into deletion_task (id, delivery, patient_key, pseudonym, reason, at)"
                                + " values (?, ?, ?, ?, ?, ?) on conflict do nothing")
                        .params(id, delivery, whom.key(), whom.pseudonym(), reason, Timestamp.from(at))
                        .update()
                > 0;
    }

    /** All tasks, those that are open first. */
    List<DeletionTask> tasks() {
        return jdbc.sql(TASKS + " order by k.confirmed_at is not null, k.at desc limit 1000")
                .query(DeliveryTables::task)
                .list();
    }

    List<DeletionTask> tasks(String delivery) {
        return jdbc.sql(TASKS + " where k.delivery = ? order by k.at, k.id")
                .param(delivery)
                .query(DeliveryTables::task)
                .list();
    }

    /** Notes that the recipient has seen the tasks of a delivery. */
    void seen(String delivery, Instant at) {
        jdbc.sql("update deletion_task set fetched_at = ? where delivery = ? and fetched_at is null")
                .params(Timestamp.from(at), delivery)
                .update();
    }

    /** Notes a deletion; false where there is no such task or it was confirmed before. */
    boolean confirm(String id, String by, String remark, Instant at) {
        return jdbc.sql("update deletion_task set confirmed_at = ?, confirmed_by = ?, remark = ?"
                                + " where id = ? and confirmed_at is null")
                        .params(Timestamp.from(at), by, remark, id)
                        .update()
                > 0;
    }

    /** Tasks that nobody has confirmed yet. */
    int openTasks() {
        return jdbc.sql("select count(*)::int from deletion_task where confirmed_at is null")
                .query(Integer.class)
                .single();
    }

    /** The register: what matches the text as a pseudonym, project or delivery; all for an empty one; newest first. */
    List<Entry> register(String text, int limit) {
        return jdbc.sql("select m.pseudonym, d.project, p.title, p.recipient, d.id, d.at from delivery d"
                        + " join project p on p.id = d.project join build_patient m on m.build = d.build"
                        + " where ? = '' or m.pseudonym = ? or d.project = ? or d.id = ?"
                        + " order by d.at desc, m.pseudonym limit ?")
                .params(text, text, text, text, limit)
                .query(DeliveryTables::entry)
                .list();
    }

    /** What went where of one patient. */
    List<Entry> of(byte[] patientKey) {
        return jdbc.sql("select m.pseudonym, d.project, p.title, p.recipient, d.id, d.at from delivery d"
                        + " join project p on p.id = d.project join build_patient m on m.build = d.build"
                        + " where m.patient_key = ? order by d.at desc")
                .param(patientKey)
                .query(DeliveryTables::entry)
                .list();
    }

    /** Each delivery with how many patients it has, newest first. */
    List<Sum> sums() {
        return jdbc.sql("select d.id, d.project, p.title, p.recipient, d.at, b.patients, d.stopped_at is not null,"
                        + " (select count(*) from deletion_task k where k.delivery = d.id and k.confirmed_at is null)"
                        + " from delivery d join project p on p.id = d.project join build b on b.id = d.build"
                        + " order by d.at desc limit 500")
                .query((row, n) -> new Sum(
                        new Entry(
                                "",
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(1),
                                row.getTimestamp(5).toInstant()),
                        row.getInt(6),
                        row.getBoolean(7),
                        row.getInt(8)))
                .list();
    }

    /** A delivery in the register: its patients, whether it was stopped, what is still to be deleted of it. */
    record Sum(Entry entry, int patients, boolean stopped, int openTasks) {}

    private static Entry entry(ResultSet row, int number) throws SQLException {
        return new Entry(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getTimestamp(6).toInstant());
    }

    private static DeletionTask task(ResultSet row, int number) throws SQLException {
        return new DeletionTask(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getTimestamp(7).toInstant(),
                ProjectTables.instant(row.getTimestamp(8)),
                ProjectTables.instant(row.getTimestamp(9)),
                row.getString(10),
                row.getString(11));
    }

    /** An array as PostgreSQL writes it; names are quoted whatever they hold. */
    private static String literal(List<String> names) {
        List<String> quoted = names.stream()
                .map(name -> '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .toList();
        return "{" + String.join(",", quoted) + "}";
    }

    private static String files(List<Delivery.SealedFile> files) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Delivery.SealedFile file : files) {
            array.addObject()
                    .put("name", file.name())
                    .put("bytes", file.bytes())
                    .put("sha256", file.sha256());
        }
        return array.toString();
    }

    private static Delivery delivery(ResultSet row, int number) throws SQLException {
        List<Delivery.SealedFile> files = new ArrayList<>();
        for (JsonNode file : FhirJson.parse(row.getString("files").getBytes(StandardCharsets.UTF_8))) {
            files.add(new Delivery.SealedFile(
                    file.path("name").asString(),
                    file.path("bytes").asLong(),
                    file.path("sha256").asString()));
        }
        Array approved = row.getArray("approved");
        return new Delivery(
                row.getString("id"),
                row.getString("project"),
                row.getLong("build"),
                row.getString("by"),
                row.getTimestamp("at").toInstant(),
                Delivery.Channel.valueOf(row.getString("channel")),
                List.of((String[]) approved.getArray()),
                row.getTimestamp("expiry").toInstant(),
                files,
                ProjectTables.instant(row.getTimestamp("stopped_at")),
                row.getString("stopped"));
    }
}
