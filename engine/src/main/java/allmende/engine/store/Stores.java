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
            case StoreLocation.Embedded(var directory, var database) -> {
                LocalPostgres server = LocalPostgres.open(directory);
                yield open(new ConnectionSource(() -> server.connect(database)), server);
            }
            case StoreLocation.External(var url) -> open(new ConnectionSource(() -> connect(url)), () -> {});
        };
    }

    /**
     * Opens tables beside the store's, in the same database but in a schema of their own: what a door keeps. Made and
     * brought up to date by the migrations at this place of the class path.
     *
     * @param schema name of the schema
     * @param migrations place on the class path, without a leading slash
     * @throws StoreUnavailable with a sentence for the user where that is impossible
     */
    public static SideTables openBeside(StoreLocation location, String schema, String migrations) {
        return switch (location) {
            case StoreLocation.Embedded(var directory, var database) -> {
                LocalPostgres server = LocalPostgres.open(directory);
                yield beside(new ConnectionSource(() -> server.connect(database)), server, schema, migrations);
            }
            case StoreLocation.External(var url) ->
                beside(new ConnectionSource(() -> connect(url)), () -> {}, schema, migrations);
        };
    }

    /**
     * Opens tables that are kept apart: only a role of their own reads and writes them, and it reads and writes nothing else.
     *
     * @throws StoreUnavailable with a sentence for the user where that is impossible
     */
    public static SideTables openApart(StoreLocation location, Apart apart) {
        return ApartTables.open(location, apart);
    }

    private static SideTables beside(ConnectionSource source, AutoCloseable server, String schema, String migrations) {
        SideTables tables = new SideTables(source, server, schema);
        try {
            checkVersion(source);
            migrate(source, schema, migrations);
            return tables;
        } catch (RuntimeException | Error e) {
            tables.close();
            throw e;
        }
    }

    /** Opens the store behind these connections; {@code server} is closed with it. */
    static Store open(ConnectionSource source, AutoCloseable server) {
        Database database = new Database(source);
        PostgresStore store = new PostgresStore(database, server);
        try {
            checkVersion(source);
            migrate(source, "allmende", "allmende/store/migration");
            store.finishErasures();
            return store;
        } catch (RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    static void checkVersion(ConnectionSource source) {
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

    static void migrate(ConnectionSource source, String schema, String migrations) {
        try {
            Flyway.configure()
                    .dataSource(source)
                    .schemas(schema)
                    .defaultSchema(schema)
                    .locations("classpath:" + migrations)
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
