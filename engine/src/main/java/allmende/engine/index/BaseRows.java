package allmende.engine.index;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Removes rows from the sorted part, together with what was summed up from them. */
final class BaseRows {

    private record Group(
            int context, long concept, @Nullable Integer unit) {}

    private BaseRows() {}

    /** Within the page's transaction; returns how many rows went. */
    static long remove(IndexFile file, Collection<Long> resources) throws SQLException {
        if (resources.isEmpty() || file.baseFacts() == 0) {
            return 0;
        }
        Map<Group, Long> removed = new HashMap<>();
        Connection writer = file.writer();
        Sql.query(
                writer,
                "delete from fact where resource in " + Sql.list(resources) + " returning context, concept, "
                        + Schema.TALLY_UNIT,
                row -> {
                    int unit = row.getInt(3);
                    removed.merge(new Group(row.getInt(1), row.getLong(2), row.wasNull() ? null : unit), 1L, Long::sum);
                });
        if (!removed.isEmpty()) {
            correctSums(writer, values(removed));
            file.presenceOutdated(true);
        }
        return removed.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String values(Map<Group, Long> removed) {
        return removed.entrySet().stream()
                .map(entry -> entry.getKey().context() + "," + entry.getKey().concept() + ","
                        + entry.getKey().unit() + "::integer," + entry.getValue())
                .collect(Collectors.joining("),(", "(values (", ")) as gone(context, concept, unit, facts)"));
    }

    /** A presence from which a fact went no longer tells who has one; it is made again when there is time. */
    private static void correctSums(Connection writer, String gone) throws SQLException {
        Sql.update(
                writer,
                "update tally set facts = tally.facts - gone.facts from " + gone
                        + " where tally.context = gone.context and tally.concept = gone.concept"
                        + " and tally.unit is not distinct from gone.unit");
        Sql.update(
                writer,
                "update presence set complete = false from " + gone + " where presence.context = gone.context"
                        + " and presence.low <= gone.concept and presence.high >= gone.concept");
    }
}
