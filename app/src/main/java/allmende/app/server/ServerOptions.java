package allmende.app.server;

import allmende.app.identity.Access;
import allmende.app.site.SiteLocation;

/**
 * How a site is served.
 *
 * @param location its data
 * @param bind address to listen on
 * @param port port to listen on; 0 for any free one
 * @param access who may ask; {@link Access#OPEN} only on the loopback
 */
public record ServerOptions(SiteLocation location, String bind, int port, Access access) {

    /** The loopback, the address that nobody else reaches. */
    public static final String LOOPBACK = "127.0.0.1";

    /** Refuses an open site that others could reach. */
    public ServerOptions {
        if (access == Access.OPEN && !bind.equals(LOOPBACK)) {
            throw new IllegalArgumentException("An open site listens on the loopback only");
        }
    }
}
