package allmende.engine.store;

import allmende.core.fhir.ResourceKey;
import allmende.engine.store.ChangePage.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the change feed. A page is a range of transactions, found by the number of versions that each wrote; its versions
 * lie together on disk, so a page costs the same at the beginning and at the end of a large store.
 */
final class ChangeFeed {

    /** Small transactions per page: who follows a live store loses nothing by reading on. */
    private static final int TRANSACTIONS_MAX = 512;

    private final Database database;

    ChangeFeed(Database database) {
        this.database = database;
    }

    ChangePage page(long afterT, int limit) {
        return database.read(connection -> {
            Range range = range(connection, afterT, limit);
            if (range.upTo() == afterT) {
                return new ChangePage(afterT, List.of(), true);
            }
            return new ChangePage(range.upTo(), changes(connection, afterT, range.upTo()), range.last());
        });
    }

    VersionPage versions(long afterT, int limit) {
        return database.read(connection -> {
            Range range = range(connection, afterT, limit);
            if (range.upTo() == afterT) {
                return new VersionPage(afterT, List.of(), true);
            }
            return new VersionPage(range.upTo(), versions(connection, afterT, range.upTo()), range.last());
        });
    }

    private static List<FeedVersion> versions(Connection connection, long afterT, long upTo) throws SQLException {
        List<FeedVersion> versions = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select v.rid, v.number, v.t, x.at, v.body, n.name, r.id
                from version v join transaction x on x.t = v.t
                join resource r on r.rid = v.rid join resource_type n on n.code = r.type
                where v.t > ? and v.t <= ? order by v.t, v.rid, v.number""")) {
            select.setLong(1, afterT);
            select.setLong(2, upTo);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String id = row.getString(7);
                    ResourceKey key = new ResourceKey(row.getString(6), id == null ? "" : id);
                    versions.add(new FeedVersion(
                            key, row.getLong(1), row.getInt(2), row.getLong(3), Sql.instant(row, 4), row.getBytes(5)));
                }
            }
        }
        return versions;
    }

    private record Range(long upTo, boolean last) {}

    private static Range range(Connection connection, long afterT, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select t, versions from transaction where t > ? order by t limit " + (TRANSACTIONS_MAX + 1))) {
            select.setLong(1, afterT);
            long upTo = afterT;
            long versions = 0;
            int transactions = 0;
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    versions += row.getInt(2);
                    boolean full = transactions > 0 && (versions > limit || transactions == TRANSACTIONS_MAX);
                    if (full) {
                        return new Range(upTo, false);
                    }
                    upTo = row.getLong(1);
                    transactions++;
                }
            }
            return new Range(upTo, true);
        }
    }

    private static List<Change> changes(Connection connection, long afterT, long upTo) throws SQLException {
        Map<Long, Change> newest = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select v.rid, v.number, v.t, v.patient, v.body, n.name, r.id
                from version v join resource r on r.rid = v.rid join resource_type n on n.code = r.type
                where v.t > ? and v.t <= ?""")) {
            select.setLong(1, afterT);
            select.setLong(2, upTo);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    newest.merge(row.getLong(1), change(row), ChangeFeed::newer);
                }
            }
        }
        List<Change> changes = new ArrayList<>(newest.values());
        changes.sort(Comparator.comparingLong(Change::t).thenComparingLong(Change::rid));
        return changes;
    }

    private static Change change(ResultSet row) throws SQLException {
        String id = row.getString(7);
        ResourceKey key = new ResourceKey(row.getString(6), id == null ? "" : id);
        int number = row.getInt(2);
        // The page holds all versions between: if it holds the first one, there was none before.
        boolean known = number > 1;
        return new Change(key, row.getLong(1), Sql.patient(row, 4), number, known, row.getLong(3), row.getBytes(5));
    }

    private static Change newer(Change a, Change b) {
        Change newer = a.version() > b.version() ? a : b;
        return new Change(
                newer.key(),
                newer.rid(),
                newer.patient(),
                newer.version(),
                a.known() && b.known(),
                newer.t(),
                newer.body());
    }
}
