package allmende.engine.index;

import allmende.core.terminology.ConceptRange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Who has any of a stretch of neighbouring concepts, over the sorted facts, as words of 64 patients. Neighbours are put
 * together up to {@link #FACTS} facts; a concept with more stands alone. So whatever interval is asked for, all of it but
 * at most one stretch at either end is answered by words, and these two are small enough to read fact by fact.
 */
final class Presence {

    /** Facts that a stretch holds at most, unless a single concept has more. */
    static final long FACTS = 1 << 18;

    private record Stretch(int context, long low, long high, long facts) {}

    /** Which stretches answer for some intervals, and which intervals are left to be read fact by fact. */
    record Known(List<Integer> stretches, List<ConceptRange> rest) {}

    private Presence() {}

    /** Lays out the stretches of a file whose facts are sorted and summed up in {@code tally}; none has words yet. */
    static void layOut(Connection writer) throws SQLException {
        List<Stretch> stretches = new ArrayList<>();
        Sql.query(
                writer,
                "select context, concept, sum(facts)::bigint from tally group by all order by all",
                row -> place(stretches, new Stretch(row.getInt(1), row.getLong(2), row.getLong(2), row.getLong(3))));
        try (var out = Sql.duck(writer).createAppender("main", "presence")) {
            for (int i = 0; i < stretches.size(); i++) {
                Stretch stretch = stretches.get(i);
                out.beginRow()
                        .append(i)
                        .append((short) stretch.context())
                        .append(stretch.low())
                        .append(stretch.high())
                        .append(false)
                        .endRow();
            }
        }
    }

    private static void place(List<Stretch> stretches, Stretch next) {
        Stretch last = stretches.isEmpty() ? null : stretches.getLast();
        if (last != null && last.context() == next.context() && last.facts() + next.facts() <= FACTS) {
            stretches.removeLast();
            stretches.add(new Stretch(last.context(), last.low(), next.high(), last.facts() + next.facts()));
        } else {
            stretches.add(next);
        }
    }

    /** Makes missing words, of at most {@code limit} stretches; within a transaction. Returns whether all are there. */
    static boolean fill(Connection writer, int limit) throws SQLException {
        List<String> inserts = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        Sql.query(
                writer,
                "select number, context, low, high from presence where not complete order by number limit " + limit,
                row -> {
                    numbers.add(row.getInt(1));
                    inserts.add("insert into word select " + row.getInt(1) + ", patient >> 6 as word,"
                            + " bit_or(1::ubigint << (patient & 63)::ubigint) from fact where context = "
                            + row.getInt(2)
                            + " and concept between " + row.getLong(3) + " and " + row.getLong(4)
                            + " group by all order by all");
                });
        if (numbers.isEmpty()) {
            return true;
        }
        Sql.execute(writer, "delete from word where stretch in " + Sql.list(numbers));
        for (String insert : inserts) {
            Sql.execute(writer, insert);
        }
        Sql.execute(writer, "update presence set complete = true where number in " + Sql.list(numbers));
        return numbers.size() < limit;
    }

    /** A query for the words of stretches; empty for none. */
    static String words(List<Integer> stretches) {
        return switch (stretches.size()) {
            case 0 -> "";
            case 1 -> "select word, bits from word where stretch = " + stretches.getFirst();
            default -> "select word, bit_or(bits) from word where stretch in " + Sql.list(stretches) + " group by word";
        };
    }

    /** Looks up intervals of a context. */
    static Known look(Connection reader, int context, List<ConceptRange> ranges) throws SQLException {
        List<Integer> stretches = new ArrayList<>();
        List<ConceptRange> rest = new ArrayList<>();
        for (ConceptRange range : ranges) {
            Sql.query(
                    reader,
                    "select number, low, high, complete from presence where context = " + context + " and low <= "
                            + range.high() + " and high >= " + range.low(),
                    row -> {
                        long low = row.getLong(2);
                        long high = row.getLong(3);
                        if (row.getBoolean(4) && low >= range.low() && high <= range.high()) {
                            stretches.add(row.getInt(1));
                        } else {
                            rest.add(new ConceptRange(Math.max(low, range.low()), Math.min(high, range.high())));
                        }
                    });
        }
        return new Known(stretches, rest);
    }
}
