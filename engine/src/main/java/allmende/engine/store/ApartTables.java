package allmende.engine.store;

import allmende.core.digest.Sha256;
import allmende.engine.store.StoreUnavailable.Code;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sets up tables that a role of its own uses. On a server that this program runs itself, its owner makes role and tables and
 * lends the tables: the role can neither change them nor see anything besides. On somebody else's server the role that the
 * address names owns the schema; what it may do besides is for that server's administrator to say.
 */
final class ApartTables {

    /** Serialises those who set up at once; the number means nothing. */
    private static final long LOCK = 0x61706172745F7365L;

    private ApartTables() {}

    static SideTables open(StoreLocation location, Apart apart) {
        return switch (location) {
            case StoreLocation.Embedded(var directory, var database) -> embedded(directory, database, apart);
            case StoreLocation.External(var url) -> Stores.openBeside(location, apart.schema(), apart.migrations());
        };
    }

    private static SideTables embedded(java.nio.file.Path directory, String database, Apart apart) {
        LocalPostgres server = LocalPostgres.open(directory);
        try {
            String password = password(server.password(), apart.role());
            ConnectionSource owner = new ConnectionSource(() -> server.connect(database));
            Stores.checkVersion(owner);
            run(owner, role(apart, password));
            Stores.migrate(owner, apart.schema(), apart.migrations());
            run(owner, lent(apart, database));
            ConnectionSource role = new ConnectionSource(() -> server.connect(database, apart.role(), password));
            return new SideTables(role, server, apart.schema());
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    /** Follows from the owner's, which is in a file that only the program's user can read. */
    private static String password(String owners, String role) {
        SecretKey key = new SecretKeySpec(owners.getBytes(StandardCharsets.UTF_8), Sha256.HMAC);
        return HexFormat.of().formatHex(Sha256.keyed(key, role));
    }

    private static String role(Apart apart, String password) {
        String role = apart.role();
        return "do $$ begin if not exists (select from pg_roles where rolname = '" + role + "') then create role "
                + role
                + "; end if; end $$;"
                + "alter role " + role + " login nosuperuser nocreatedb nocreaterole noreplication noinherit password '"
                + password + "';";
    }

    private static String lent(Apart apart, String database) {
        String schema = apart.schema();
        String role = apart.role();
        return "revoke all on database " + database + " from public; grant connect on database " + database + " to "
                + role + "; revoke all on schema public from public; revoke all on schema " + schema
                + " from public; grant usage on schema " + schema + " to " + role
                + "; grant select, insert, update, delete on all tables in schema " + schema + " to " + role
                + "; grant usage on all sequences in schema " + schema + " to " + role + "; revoke all on table "
                + schema + ".flyway_schema_history from " + role + ";";
    }

    private static void run(ConnectionSource owner, String statements) {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
            statement.execute(statements); // made of names that were checked and of hexadecimal digits
            connection.commit();
        } catch (SQLException e) {
            throw new StoreUnavailable(
                    Code.SCHEMA, "The database does not let a role of its own be made (" + e.getSQLState() + ").", e);
        }
    }
}
