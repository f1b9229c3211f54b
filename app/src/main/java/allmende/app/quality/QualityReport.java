package allmende.app.quality;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what was counted, and the resources behind a figure. */
final class QualityReport {

    private static final String BY_RULE = """
            select i.rid, min(i.type), min(i.id), min(k.path), min(k.profile), min(k.message)
            from kind k join issue s on s.kind = k.id and s.rid > :after
                join item i on i.stream = s.stream and i.rid = s.rid
            where k.rule = :rule and (:severity = '' or k.severity = :severity)
                and (:module = '' or i.module = :module) and (:source = '' or i.source = :source)
            group by i.rid order by i.rid limit :limit""";
    private final JdbcClient client;

    QualityReport(QualityTables tables) {
        client = tables.client();
    }

    /** A resource behind a figure. */
    record Listed(long rid, String type, String id, String path, String profile, String message) {}

    /** One day of the way over time. */
    record Day(LocalDate day, long affected) {}

    /** What was found in a version of a resource. */
    record Checked(String stream, String type, String id, int version, int errors, int notChecked, List<Found> found) {}

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

    /** Findings per day in an area, the last days first; module and source empty for all. */
    List<Day> days(String area, String module, String source, int limit) {
        return client.sql("""
                        select d.day, coalesce(sum(f.affected) filter (where f.area = :area and f.rule <> ''
                                   and (:module = '' or f.module = :module) and (:source = '' or f.source = :source)), 0)
                        from (select distinct day from figure order by day desc limit :limit) d join figure f on f.day = d.day
                        group by d.day order by d.day""")
                .param("area", area)
                .param("module", module)
                .param("source", source)
                .param("limit", limit)
                .query((row, n) -> new Day(row.getObject(1, LocalDate.class), row.getLong(2)))
                .list();
    }

    /**
     * What a list is about.
     *
     * @param view {@code rule}, or one of {@code errors}, {@code unchecked}, {@code checked} over a whole stream
     * @param severity empty for all
     * @param module empty for all
     * @param source empty for all
     */
    record Wanted(String view, String stream, String rule, String severity, String module, String source) {

        /** Whether this figure counts what the list shows. */
        boolean isBehind(Figure figure) {
            boolean place = (module.isEmpty() || module.equals(figure.module()))
                    && (source.isEmpty() || source.equals(figure.source()));
            return place
                    && switch (view) {
                        case "errors", "checked" ->
                            figure.rule().isEmpty() && figure.stream().equals(stream);
                        case "unchecked" -> figure.rule().equals(Figure.NOT_CHECKED);
                        default ->
                            figure.rule().equals(rule) && (severity.isEmpty() || severity.equals(figure.severity()));
                    };
        }
    }

    /** The resources behind a figure, in the order of their numbers, after this one. */
    List<Listed> behind(Wanted wanted, long after, int limit) {
        String sql = wanted.view().equals("rule") ? BY_RULE : byStream(wanted.view());
        return client.sql(sql)
                .param("rule", wanted.rule())
                .param("severity", wanted.severity())
                .param("stream", wanted.stream())
                .param("module", wanted.module())
                .param("source", wanted.source())
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

    private static String byStream(String view) {
        String only =
                switch (view) {
                    case "errors" -> "and i.errors > 0";
                    case "unchecked" -> "and i.not_checked > 0";
                    default -> "";
                };
        return """
                select i.rid, i.type, i.id, '', '', '' from item i
                where i.stream = :stream and i.rid > :after %s
                    and (:module = '' or i.module = :module) and (:source = '' or i.source = :source)
                order by i.rid limit :limit""".formatted(only);
    }

    /** What is known of one resource in its newest version, by both streams. */
    List<Checked> checked(long rid) {
        return client.sql("""
                        select stream, type, id, case when version < 0 then -1 - version else version end, errors, not_checked
                        from item where rid = ? order by stream""")
                .param(rid)
                .query((row, n) -> new Checked(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getInt(4),
                        row.getInt(5),
                        row.getInt(6),
                        found(row.getString(1), rid)))
                .list();
    }

    private List<Found> found(String stream, long rid) {
        return client.sql("""
                        select k.area, k.rule, k.severity, k.path, k.profile, k.message, s.location
                        from issue s join kind k on k.id = s.kind where s.stream = ? and s.rid = ?
                        order by k.severity, k.area, k.rule, s.location""")
                .params(stream, rid)
                .query((row, n) -> found(row, row.getString(7)))
                .list();
    }

    private static Found found(ResultSet row, String location) throws SQLException {
        return new Found(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                location);
    }

    /** What was found in earlier versions, the newest first; each kind once. */
    List<Checked> past(long rid) {
        return client.sql("""
                        select stream, version, errors, not_checked, kinds from past where rid = ?
                        order by version desc, stream limit 200""")
                .param(rid)
                .query((row, n) -> new Checked(
                        row.getString(1), "", "", row.getInt(2), row.getInt(3), row.getInt(4), kinds((Long[])
                                row.getArray(5).getArray())))
                .list();
    }

    private List<Found> kinds(Long[] kinds) {
        if (kinds.length == 0) {
            return List.of();
        }
        return client.sql("""
                        select area, rule, severity, path, profile, message from kind where id in (:kinds)
                        order by severity, area, rule""")
                .param("kinds", List.of(kinds))
                .query((row, n) -> found(row, row.getString(4)))
                .list();
    }
}
