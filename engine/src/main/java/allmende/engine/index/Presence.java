package allmende.engine.index;

import allmende.core.terminology.ConceptRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/**
 * Bitmaps of who has any of a stretch of neighbouring concepts, over the sorted facts. Neighbours are put together up to
 * {@link #FACTS} facts; a concept with more stands alone. So whatever interval is asked for, all of it but at most one
 * stretch at either end is answered by bitmaps, and these two are small enough to read row by row.
 */
final class Presence {

    /** Facts that a stretch holds at most, unless a single concept has more. */
    static final long FACTS = 1 << 18;

    /** A stretch of concepts of a context. */
    record Stretch(int context, long low, long high, long facts) {}

    /** What is known of some intervals without reading rows, and which intervals are left to be read. */
    record Known(RoaringBitmap patients, List<ConceptRange> rest) {}

    private Presence() {}

    /** Lays out the stretches of a file whose facts are sorted and summed up in {@code tally}; none has a bitmap yet. */
    static void layOut(Connection writer) throws SQLException {
        List<Stretch> stretches = new ArrayList<>();
        Sql.query(
                writer,
                "select context, concept, sum(facts)::bigint from tally group by all order by all",
                row -> place(stretches, new Stretch(row.getInt(1), row.getLong(2), row.getLong(2), row.getLong(3))));
        try (var out = Sql.duck(writer).createAppender("main", "presence")) {
            for (Stretch stretch : stretches) {
                out.beginRow()
                        .append((short) stretch.context())
                        .append(stretch.low())
                        .append(stretch.high())
                        .append(stretch.facts())
                        .appendNull()
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

    /** Makes missing bitmaps, at most {@code limit}; within a transaction. Returns whether none is missing now. */
    static boolean fill(Connection writer, int limit) throws SQLException {
        List<Stretch> missing = new ArrayList<>();
        Sql.query(
                writer,
                "select context, low, high, facts from presence where patients is null limit " + limit,
                row -> missing.add(new Stretch(row.getInt(1), row.getLong(2), row.getLong(3), row.getLong(4))));
        try (PreparedStatement update =
                writer.prepareStatement("update presence set patients = ? where context = ? and low = ?")) {
            for (Stretch stretch : missing) {
                RoaringBitmap patients = Words.read(
                        writer,
                        "fact where context = " + stretch.context() + " and concept between " + stretch.low() + " and "
                                + stretch.high());
                update.setBytes(1, Patients.toBytes(patients));
                update.setInt(2, stretch.context());
                update.setLong(3, stretch.low());
                update.execute();
            }
        }
        return missing.size() < limit;
    }

    /** Looks up intervals of a context. */
    static Known look(Connection reader, int context, List<ConceptRange> ranges) throws SQLException {
        RoaringBitmap patients = new RoaringBitmap();
        List<ConceptRange> rest = new ArrayList<>();
        for (ConceptRange range : ranges) {
            String overlapping = "from presence where context = " + context + " and low <= " + range.high()
                    + " and high >= " + range.low();
            String whole = "patients is not null and low >= " + range.low() + " and high <= " + range.high();
            Sql.query(
                    reader,
                    "select patients " + overlapping + " and " + whole,
                    row -> patients.or(Patients.ofBytes(row.getBytes(1))));
            Sql.query(
                    reader,
                    "select low, high " + overlapping + " and not (" + whole + ")",
                    row -> rest.add(new ConceptRange(
                            Math.max(row.getLong(1), range.low()), Math.min(row.getLong(2), range.high()))));
        }
        return new Known(patients, rest);
    }
}
