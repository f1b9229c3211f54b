package allmende.engine.index;

import allmende.core.cohort.ResourceFacts;
import allmende.core.cohort.ResourceFacts.Value;
import allmende.core.fhir.Coding;
import allmende.core.fhir.ResourceKey;
import allmende.core.fhir.TimeSpan;
import allmende.engine.store.ChangePage.Change;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** Appends what resources say as rows. */
final class RowWriter {

    /** A row of {@code recent}, to be sorted with those of the same page. */
    private record FactRow(
            short context,
            long concept,
            int patient,
            long resource,
            @Nullable Value value,
            @Nullable TimeSpan time) {}

    private static final Comparator<FactRow> ORDER = Comparator.comparingInt(FactRow::context)
            .thenComparingLong(FactRow::concept)
            .thenComparingInt(FactRow::patient);

    private final IndexFile file;

    RowWriter(IndexFile file) {
        this.file = file;
    }

    /** Appends facts, sorted; returns how many. */
    long facts(Collection<PageReader.Read> reads) throws SQLException {
        List<FactRow> rows =
                reads.stream().flatMap(this::factRows).sorted(ORDER).toList();
        if (rows.isEmpty()) {
            return 0;
        }
        try (DuckDBAppender out = appender("recent")) {
            for (FactRow row : rows) {
                out.beginRow()
                        .append(row.context())
                        .append(row.concept())
                        .append(row.patient())
                        .append(row.resource());
                value(out, row.value());
                time(out, row.time());
                out.endRow();
            }
        }
        return rows.size();
    }

    private java.util.stream.Stream<FactRow> factRows(PageReader.Read read) {
        ResourceFacts facts = read.facts();
        if (facts == null) {
            return java.util.stream.Stream.empty();
        }
        Change change = read.change();
        return facts.facts().stream()
                .map(fact -> new FactRow(
                        context(fact.context()),
                        file.dictionary().number(fact.term()),
                        change.patient(),
                        change.rid(),
                        fact.value(),
                        fact.time()));
    }

    /** Appends the values of attributes. */
    void attributes(Collection<PageReader.Read> reads) throws SQLException {
        if (reads.stream()
                .allMatch(read ->
                        read.facts() == null || read.facts().attributes().isEmpty())) {
            return;
        }
        try (DuckDBAppender out = appender("attribute")) {
            for (PageReader.Read read : reads) {
                if (read.facts() == null) {
                    continue;
                }
                for (ResourceFacts.Attribute attribute : read.facts().attributes()) {
                    start(out, attribute.context(), attribute.attribute(), read.change());
                    value(out, attribute.value());
                    out.endRow();
                }
            }
        }
    }

    /** Appends links; {@code target} gives the number of the resource pointed to. */
    void links(Collection<PageReader.Read> reads, ToLongFunction<ResourceKey> target) throws SQLException {
        if (reads.stream()
                .allMatch(read -> read.facts() == null || read.facts().links().isEmpty())) {
            return;
        }
        try (DuckDBAppender out = appender("link")) {
            for (PageReader.Read read : reads) {
                if (read.facts() == null) {
                    continue;
                }
                for (ResourceFacts.Link link : read.facts().links()) {
                    start(out, link.context(), link.attribute(), read.change());
                    out.append(target.applyAsLong(link.target())).endRow();
                }
            }
        }
    }

    /** Appends who consulted what. */
    void dependents(Collection<PageReader.Read> reads, ToLongFunction<ResourceKey> target) throws SQLException {
        if (reads.stream()
                .allMatch(
                        read -> read.facts() == null || read.facts().consulted().isEmpty())) {
            return;
        }
        try (DuckDBAppender out = appender("dependent")) {
            for (PageReader.Read read : reads) {
                if (read.facts() == null) {
                    continue;
                }
                Change change = read.change();
                for (ResourceKey consulted : read.facts().consulted()) {
                    out.beginRow()
                            .append(target.applyAsLong(consulted))
                            .append(change.rid())
                            .append(change.patient())
                            .append(change.key().type())
                            .append(change.key().id())
                            .endRow();
                }
            }
        }
    }

    private void start(DuckDBAppender out, String context, Coding attribute, Change change) throws SQLException {
        out.beginRow()
                .append(context(context))
                .append(file.names(NameNumbers.Kind.ATTRIBUTE).number(attributeName(attribute)))
                .append(change.rid())
                .append(change.patient());
    }

    private void value(DuckDBAppender out, @Nullable Value value) throws SQLException {
        switch (value) {
            case null -> out.appendNull().appendNull().appendNull();
            case Value.Coded coded ->
                out.appendNull().appendNull().append(file.dictionary().number(coded.coding()));
            case Value.Measured measured -> {
                out.append(measured.number().doubleValue());
                String unit = measured.unit();
                if (unit == null) {
                    out.appendNull();
                } else {
                    out.append(file.names(NameNumbers.Kind.UNIT).number(unit));
                }
                out.appendNull();
            }
            case Value.Born born -> stretch(out, born.birth());
            case Value.Standing standing -> stretch(out, standing.days());
        }
    }

    private static void stretch(DuckDBAppender out, TimeSpan stretch) throws SQLException {
        out.append((double) stretch.startMinute()).append(Schema.BIRTH_UNIT).append(stretch.endMinute());
    }

    private static void time(DuckDBAppender out, @Nullable TimeSpan time) throws SQLException {
        if (time == null) {
            out.appendNull().appendNull();
        } else {
            int start = startMinute(time);
            out.append(start).append(span(time, start));
        }
    }

    /** The beginning as a row holds it; times beyond the year 6053 are that year's. */
    static int startMinute(TimeSpan time) {
        return Math.clamp(time.startMinute(), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** The length as a row holds it. */
    static int span(TimeSpan time, int start) {
        long span = time.endMinute() - start;
        return time.endMinute() >= TimeSpan.OPEN_END || span > Integer.MAX_VALUE
                ? Schema.OPEN_SPAN
                : (int) Math.max(0, span);
    }

    static String attributeName(Coding attribute) {
        return attribute.system() + "|" + attribute.code();
    }

    private short context(String code) {
        return (short) file.names(NameNumbers.Kind.CONTEXT).number(code);
    }

    private DuckDBAppender appender(String table) throws SQLException {
        Connection writer = file.writer();
        return Sql.duck(writer).createAppender("main", table);
    }
}
