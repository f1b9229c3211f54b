package allmende.app.quality;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Works the figures of a day out of what was found. */
final class Counting {

    private final QualityTables tables;
    private final RuleBook book;
    private final UsualUnits usual;

    Counting(QualityTables tables, RuleBook book) {
        this.tables = tables;
        this.book = book;
        this.usual = new UsualUnits(tables, book);
    }

    /** Resources of a type that were looked at, how many of these have an error, and how many a code not checked. */
    private record Checked(
            String stream, String module, String source, String type, long all, long errors, long notChecked) {}

    /** Replaces the figures of the day. */
    void count(LocalDate day, long t) {
        tables.together(() -> {
            usual.find();
            List<Checked> checked = checked();
            List<Figure> figures = new ArrayList<>();
            for (Figure found : found(day, t)) {
                figures.add(new Figure(
                        day,
                        t,
                        found.stream(),
                        found.area(),
                        found.rule(),
                        found.severity(),
                        found.module(),
                        found.source(),
                        found.affected(),
                        checked.stream()
                                .filter(one -> one.stream().equals(found.stream())
                                        && one.module().equals(found.module())
                                        && one.source().equals(found.source())
                                        && isAbout(found.rule(), one.type()))
                                .mapToLong(Checked::all)
                                .sum()));
            }
            figures.addAll(sums(checked, day, t));
            tables.client().sql("delete from figure where day = ?").param(day).update();
            tables.jdbc()
                    .batchUpdate(
                            "insert into figure values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            figures.stream().map(Counting::row).toList());
        });
    }

    /** A rule is counted among resources of the types that it is about; what the validator finds, among all. */
    private boolean isAbout(String rule, String type) {
        return book.find(rule).map(found -> found.isAbout(type)).orElse(true);
    }

    private List<Checked> checked() {
        return tables.client()
                .sql("""
                        select stream, module, source, type, count(*), count(*) filter (where errors > 0),
                               count(*) filter (where not_checked > 0)
                        from item group by stream, module, source, type""")
                .query((row, n) -> new Checked(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7)))
                .list();
    }

    private List<Figure> found(LocalDate day, long t) {
        return tables.client().sql("""
                        select k.stream, min(k.area), k.rule, k.severity, i.module, i.source, count(distinct i.rid)
                        from issue s join kind k on k.id = s.kind
                            join item i on i.stream = s.stream and i.rid = s.rid
                        where k.severity <> 'information'
                        group by k.stream, k.rule, k.severity, i.module, i.source""").query((row, n) -> found(row, day, t)).list();
    }

    private static Figure found(ResultSet row, LocalDate day, long t) throws SQLException {
        return new Figure(
                day,
                t,
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                0);
    }

    /** For each stream, module and source: resources with errors, and those with codes that were not checked. */
    private static List<Figure> sums(List<Checked> checked, LocalDate day, long t) {
        record Group(String stream, String module, String source) {}
        List<Figure> sums = new ArrayList<>();
        for (Group group : checked.stream()
                .map(one -> new Group(one.stream(), one.module(), one.source()))
                .distinct()
                .toList()) {
            List<Checked> own = checked.stream()
                    .filter(one -> new Group(one.stream(), one.module(), one.source()).equals(group))
                    .toList();
            long all = own.stream().mapToLong(Checked::all).sum();
            long errors = own.stream().mapToLong(Checked::errors).sum();
            long notChecked = own.stream().mapToLong(Checked::notChecked).sum();
            sums.add(new Figure(day, t, group.stream(), "", "", "", group.module(), group.source(), errors, all));
            if (group.stream().equals(Streams.VALIDATION)) {
                sums.add(new Figure(
                        day,
                        t,
                        group.stream(),
                        "",
                        Figure.NOT_CHECKED,
                        "information",
                        group.module(),
                        group.source(),
                        notChecked,
                        all));
            }
        }
        return sums;
    }

    private static Object[] row(Figure one) {
        return new Object[] {
            one.day(),
            one.t(),
            one.stream(),
            one.area(),
            one.rule(),
            one.severity(),
            one.module(),
            one.source(),
            one.affected(),
            one.checked()
        };
    }
}
