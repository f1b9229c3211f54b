package allmende.engine.store;

import allmende.engine.store.StoreUnavailable.Code;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Opens stores. */
public final class Stores {

    private static final int SERVER_VERSION_MIN = 15;

    private Stores() {}

    /**
     * Opens the store at this place, creating or bringing up to date what is needed.
     *
     * @throws StoreUnavailable with a sentence for the user where that is impossible
     */
    public static Store open(StoreLocation location) {
        return switch (location) {
            case StoreLocation.Embedded(var directory) -> {
                LocalPostgres server = LocalPostgres.open(directory);
                yield open(new ConnectionSource(server::connect), server);
            }
            case StoreLocation.External(var url) -> open(new ConnectionSource(() -> connect(url)), () -> {});
        };
    }

    /** Opens the store behind these connections; {@code server} is closed with it. */
    static Store open(ConnectionSource source, AutoCloseable server) {
        Database database = new Database(source);
        PostgresStore store = new PostgresStore(database, server);
        try {
            checkVersion(source);
            migrate(source);
            store.finishErasures();
            return store;
        } catch (RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    private static void checkVersion(ConnectionSource source) {
        try (Connection connection = source.getConnection()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < SERVER_VERSION_MIN) {
                throw new StoreUnavailable(
                        Code.VERSION,
                        "The PostgreSQL server has version " + version + "; " + SERVER_VERSION_MIN
                                + " or newer is needed.");
            }
        } catch (SQLException e) {
            throw new StoreUnavailable(
                    Code.CONNECTION,
                    "The PostgreSQL server can't be reached or refuses the user (" + e.getSQLState() + ").",
                    e);
        }
    }

    private static void migrate(ConnectionSource source) {
        try {
            Flyway.configure()
                    .dataSource(source)
                    .schemas("allmende")
                    .defaultSchema("allmende")
                    .locations("classpath:allmende/store/migration")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StoreUnavailable(
                    Code.SCHEMA, "The database's tables can't be brought up to date: " + e.getMessage(), e);
        }
    }

    private static Connection connect(String url) throws SQLException {
        Properties properties = new Properties();
        Database.describe(properties);
        fromEnvironment(properties, "user", "ALLMENDE_JDBC_USER");
        fromEnvironment(properties, "password", "ALLMENDE_JDBC_PASSWORD");
        return DriverManager.getConnection(url, properties);
    }

    private static void fromEnvironment(Properties properties, String name, String variable) {
        String value = System.getenv(variable);
        if (value != null) {
            properties.setProperty(name, value);
        }
    }
}
