package allmende.app.server;

import allmende.app.site.SiteLocation;

/**
 * How a portal is served.
 *
 * @param location its data folder and database
 * @param bind address to listen on
 * @param port port to listen on; 0 for any free one
 * @param name what the portal calls itself on its pages
 */
public record PortalOptions(SiteLocation location, String bind, int port, String name) {}
