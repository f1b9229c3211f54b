package allmende.app.server;

import allmende.app.identity.Access;
import allmende.app.site.SiteData;
import allmende.app.site.SiteLocation;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a site is served.
 *
 * @param location its data
 * @param door where it listens
 * @param access who may ask; {@link Access#OPEN} only on the loopback
 * @param federated how it takes part in a federation; null for a site by itself
 * @param rules what can be asked; sites of one process share it
 */
public record ServerOptions(
        SiteLocation location,
        Door door,
        Access access,
        @Nullable Federated federated,
        Supplier<SiteData.Rules> rules) {

    /** Refuses an open site that others could reach. */
    public ServerOptions {
        if (access == Access.OPEN && !door.bind().equals(Door.LOOPBACK)) {
            throw new IllegalArgumentException("An open site listens on the loopback only");
        }
    }

    /** A site by itself. */
    public ServerOptions(SiteLocation location, Door door, Access access) {
        this(location, door, access, null, () -> SiteData.Rules.load(location));
    }

    /** The same site as a part of a federation; null for a site by itself. */
    public ServerOptions federated(@Nullable Federated part) {
        return new ServerOptions(location, door, access, part, rules);
    }

    /** The same site with rules that others use, too. */
    public ServerOptions sharing(Supplier<SiteData.Rules> shared) {
        return new ServerOptions(location, door, access, federated, shared);
    }
}
