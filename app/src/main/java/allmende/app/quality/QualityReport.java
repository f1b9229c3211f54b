package allmende.app.quality;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what was counted, and the resources behind a figure. */
final class QualityReport {

    private final JdbcClient client;

    QualityReport(QualityTables tables) {
        client = tables.client();
    }

    /** A resource behind a figure. */
    record Listed(long rid, String type, String id, String path, String profile, String message) {}

    /** One day of the way over time. */
    record Day(LocalDate day, long affected, long checked) {}

    Optional<LocalDate> newest() {
        return client.sql("select max(day) as day from figure")
                .query((row, n) -> Optional.ofNullable(row.getObject("day", LocalDate.class)))
                .single();
    }

    /** All figures of a day. */
    List<Figure> figures(LocalDate day) {
        return client.sql("""
                        select day, t, stream, area, rule, severity, module, source, affected, checked from figure
                        where day = ? order by area, affected desc, rule, module, source""").param(day).query(QualityReport::figure).list();
    }

    private static Figure figure(ResultSet row, int n) throws SQLException {
        return new Figure(
                row.getObject(1, LocalDate.class),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getLong(9),
                row.getLong(10));
    }

    /** Findings per day in an area, the last days first. */
    List<Day> days(String area, int limit) {
        return client.sql("""
                        select d.day, coalesce(sum(f.affected) filter (where f.area = ? and f.rule <> ''), 0),
                               coalesce(sum(f.checked) filter (where f.rule = '' and f.stream = 'rules'), 0)
                        from (select distinct day from figure order by day desc limit ?) d join figure f on f.day = d.day
                        group by d.day order by d.day""")
                .params(area, limit)
                .query((row, n) -> new Day(row.getObject(1, LocalDate.class), row.getLong(2), row.getLong(3)))
                .list();
    }

    /** The resources behind a figure, in the order of their numbers, after this one. */
    List<Listed> behind(String rule, String module, String source, long after, int limit) {
        return client.sql("""
                        select i.rid, min(i.type), min(i.id), min(k.path), min(k.profile), min(k.message)
                        from kind k join issue s on s.kind = k.id and s.rid > :after
                            join item i on i.stream = s.stream and i.rid = s.rid
                        where k.rule = :rule and (:module = '' or i.module = :module)
                            and (:source = '' or i.source = :source)
                        group by i.rid order by i.rid limit :limit""")
                .param("rule", rule)
                .param("module", module)
                .param("source", source)
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> new Listed(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)))
                .list();
    }

    /** Codes that could not be checked, as their systems are not installed. */
    long notChecked() {
        return client.sql("select coalesce(sum(not_checked), 0) from item where stream = 'validation'")
                .query(Long.class)
                .single();
    }

    /** How many resources were looked at in a stream, and how many of these without an error. */
    Day looked(String stream) {
        return client.sql("select count(*) filter (where errors > 0), count(*) from item where stream = ?")
                .param(stream)
                .query((row, n) -> new Day(LocalDate.EPOCH, row.getLong(1), row.getLong(2)))
                .single();
    }
}
