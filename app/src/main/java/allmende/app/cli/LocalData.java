package allmende.app.cli;

import allmende.app.site.SiteData;
import allmende.app.site.SiteLocation;

/** Opens a site's data for a command that needs the index to itself. */
final class LocalData {

    private LocalData() {}

    static SiteData open(SiteLocation location) {
        return switch (SiteData.open(location)) {
            case SiteData.Opening.Opened(SiteData data) -> data;
            case SiteData.Opening.InUse(String reason) ->
                throw new CommandFailure(
                        "Another process, probably a load, uses the index in " + location.index() + ".",
                        "Wait until it has ended, then try again.");
        };
    }
}
