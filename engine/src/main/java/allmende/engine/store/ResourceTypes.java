package allmende.engine.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The short numbers that stand for resource types in the tables. Numbers never change, so they may be remembered. */
final class ResourceTypes {

    private final Database database;
    private final Map<String, Integer> known = new ConcurrentHashMap<>();

    ResourceTypes(Database database) {
        this.database = database;
    }

    /** Numbers of types; new types get one. */
    Map<String, Integer> codes(Collection<String> names) {
        if (!known.keySet().containsAll(names)) {
            known.putAll(database.transaction(connection -> {
                WriterLock.take(connection);
                add(connection, names);
                return all(connection);
            }));
        }
        Map<String, Integer> codes = new HashMap<>();
        for (String name : names) {
            codes.put(name, known.get(name));
        }
        return codes;
    }

    /** How many resources there are now, by type; types without any are left out. */
    Map<String, Long> counts() {
        return database.read(connection -> {
            Map<String, Long> counts = new LinkedHashMap<>();
            try (PreparedStatement select = connection.prepareStatement(
                            "select name, current from resource_type where current > 0 order by name");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    counts.put(row.getString(1), row.getLong(2));
                }
            }
            return counts;
        });
    }

    /** Adds to the numbers of current resources. */
    static void count(Connection connection, Map<String, Long> deltas) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update resource_type set current = current + ? where name = ?")) {
            for (Map.Entry<String, Long> delta : deltas.entrySet()) {
                update.setLong(1, delta.getValue());
                update.setString(2, delta.getKey());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private static void add(Connection connection, Collection<String> names) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into resource_type (code, name)
                select (select coalesce(max(code), 0) + 1 from resource_type), ?
                on conflict (name) do nothing""")) {
            for (String name : names) {
                insert.setString(1, name);
                insert.executeUpdate();
            }
        }
    }

    private static Map<String, Integer> all(Connection connection) throws SQLException {
        Map<String, Integer> codes = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select name, code from resource_type");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                codes.put(row.getString(1), row.getInt(2));
            }
        }
        return codes;
    }
}
