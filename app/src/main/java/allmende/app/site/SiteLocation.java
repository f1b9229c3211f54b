package allmende.app.site;

import allmende.engine.store.StoreLocation;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a site keeps what it knows.
 *
 * @param data the data folder; holds {@code postgres/} (unless {@code jdbcUrl} is given), {@code index/}, {@code run/}
 *     and {@code users.json}
 * @param jdbcUrl an external PostgreSQL instead of the embedded one; null for the embedded one
 */
public record SiteLocation(Path data, @Nullable String jdbcUrl) {

    /** Folder of the index. */
    public Path index() {
        return data.resolve("index");
    }

    /** Folder of what exists only while a site runs. */
    public Path run() {
        return data.resolve("run");
    }

    /** Folder of what may be computed again at any time. */
    public Path cache() {
        return data.resolve("cache");
    }

    /** The file of the people who may log in. */
    public Path users() {
        return data.resolve("users.json");
    }

    /** Where the store is. */
    public StoreLocation store() {
        return jdbcUrl == null ? new StoreLocation.Embedded(data) : new StoreLocation.External(jdbcUrl);
    }
}
