package allmende.app.server;

import allmende.app.site.Settings;
import allmende.app.site.SiteLocation;

/**
 * How a portal is served.
 *
 * @param location its data folder and database
 * @param door where it listens
 * @param name what the portal calls itself on its pages
 * @param settings what its configuration file says
 */
public record PortalOptions(SiteLocation location, Door door, String name, Settings settings) {}
