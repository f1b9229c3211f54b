package allmende.engine.store;

import java.nio.file.Path;

/** Where a store's database is. */
public sealed interface StoreLocation {

    /**
     * A PostgreSQL that this program runs itself.
     *
     * @param dataDirectory the directory given as {@code --data}; the database lies in {@code postgres/} below it.
     *     Several processes may use it at once.
     */
    record Embedded(Path dataDirectory) implements StoreLocation {}

    /**
     * A PostgreSQL server, version 15 or newer, run by somebody else.
     *
     * @param jdbcUrl {@code jdbc:postgresql://host/database}; user and password are in it or in the environment as
     *     {@code ALLMENDE_JDBC_USER} and {@code ALLMENDE_JDBC_PASSWORD}
     */
    record External(String jdbcUrl) implements StoreLocation {}
}
