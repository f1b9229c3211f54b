package allmende.engine.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Empty stores for tests. All share one embedded server that lies in the build directory and is kept from run to run,
 * since making one takes seconds; each store has a database of its own in it, which goes with the store.
 */
public final class TestStores {

    private static final AtomicInteger COUNT = new AtomicInteger();
    static final Path DIRECTORY = Path.of(System.getProperty("allmende.root", ".."), "engine/target/test-store");

    private TestStores() {}

    /** An empty store. */
    public static Store empty() {
        LocalPostgres server = LocalPostgres.open(DIRECTORY);
        String database = "test_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
        try {
            if (COUNT.get() == 1) {
                dropOld(server);
            }
            execute(server, "create database " + database);
        } catch (SQLException e) {
            server.close();
            throw new IllegalStateException(e);
        }
        return Stores.open(new ConnectionSource(() -> connect(server, database)), () -> {
            execute(server, "drop database " + database + " with (force)");
            server.close();
        });
    }

    /** Has all that is committed written into the tables' files. */
    static void checkpoint() {
        try (LocalPostgres server = LocalPostgres.open(DIRECTORY)) {
            execute(server, "checkpoint");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection connect(LocalPostgres server, String database) throws SQLException {
        try (Connection first = server.connect("postgres")) {
            String url = first.getMetaData().getURL().replaceFirst("/postgres.*", "/" + database);
            var properties = new java.util.Properties();
            Database.describe(properties);
            properties.setProperty("user", Cluster.USER);
            properties.setProperty("password", server.password());
            return DriverManager.getConnection(url, properties);
        }
    }

    private static void dropOld(LocalPostgres server) throws SQLException {
        List<String> old = new ArrayList<>();
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select datname from pg_database where datname like 'test\\_%'")) {
            while (row.next()) {
                String name = row.getString(1);
                long pid = Long.parseLong(name.split("_")[1]);
                boolean alive = ProcessHandle.of(pid).isPresent()
                        && pid != ProcessHandle.current().pid();
                if (!alive) {
                    old.add(name);
                }
            }
        }
        for (String name : old) {
            execute(server, "drop database " + name + " with (force)");
        }
    }

    private static void execute(LocalPostgres server, String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
