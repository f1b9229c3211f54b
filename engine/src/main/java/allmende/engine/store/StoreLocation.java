package allmende.engine.store;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where a store's database is. */
public sealed interface StoreLocation {

    /**
     * A PostgreSQL that this program runs itself.
     *
     * @param dataDirectory the directory given as {@code --data}; the database lies in {@code postgres/} below it.
     *     Several processes may use it at once.
     * @param database name of the database in it, lower-case letters, digits and underscores; made if it is not there.
     *     Several parties on one machine share a server, each with a database of its own.
     */
    record Embedded(Path dataDirectory, String database) implements StoreLocation {

        /** The database that a server has by itself. */
        static final String FIRST = "postgres";

        private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

        public Embedded {
            if (!NAME.matcher(database).matches()) {
                throw new IllegalArgumentException("not a name for a database: " + database);
            }
        }

        /** The only party of a server. */
        public Embedded(Path dataDirectory) {
            this(dataDirectory, FIRST);
        }
    }

    /**
     * A PostgreSQL server, version 15 or newer, run by somebody else.
     *
     * @param jdbcUrl {@code jdbc:postgresql://host/database}; user and password are in it or in the environment as
     *     {@code ALLMENDE_JDBC_USER} and {@code ALLMENDE_JDBC_PASSWORD}
     */
    record External(String jdbcUrl) implements StoreLocation {}
}
