package allmende.app.site;

import allmende.engine.store.StoreLocation;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a party, a site or a portal, keeps what it knows.
 *
 * @param data the data folder; holds {@code postgres/} (where the database is embedded and not shared), {@code run/},
 *     {@code keys/} and, at a site, {@code index/} and {@code users.json}
 * @param store where the database is
 */
public record SiteLocation(Path data, StoreLocation store) {

    /** A party with an embedded database of its own in its data folder. */
    public static SiteLocation embedded(Path data) {
        return new SiteLocation(data, new StoreLocation.Embedded(data));
    }

    /**
     * A party by the options of a command.
     *
     * @param jdbcUrl an external PostgreSQL instead of the embedded one; null for the embedded one
     */
    public static SiteLocation of(Path data, @Nullable String jdbcUrl) {
        return jdbcUrl == null ? embedded(data) : new SiteLocation(data, new StoreLocation.External(jdbcUrl));
    }

    /** Folder of the index. */
    public Path index() {
        return data.resolve("index");
    }

    /** Folder of the search index. */
    public Path search() {
        return data.resolve("search");
    }

    /** Folder of what exists only while a party runs. */
    public Path run() {
        return data.resolve("run");
    }

    /** Folder of what may be computed again at any time. */
    public Path cache() {
        return data.resolve("cache");
    }

    /** Folder of the FHIR packages that are installed. */
    public Path packages() {
        return data.resolve("packages");
    }

    /** Folder of the code systems that an operator has imported. */
    public Path terminology() {
        return data.resolve("terminology");
    }

    /** Folder of the party's secrets, for its owner alone. */
    public Path keys() {
        return data.resolve("keys");
    }

    /** Folder of the log of who accessed what. */
    public Path audit() {
        return data.resolve("audit");
    }

    /** The file of the machines that may get tokens. */
    public Path clients() {
        return data.resolve("clients.json");
    }

    /** The file of the people who may log in. */
    public Path users() {
        return data.resolve("users.json");
    }
}
