package allmende.core.disclosure;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the portal has from one of the sites that it asked.
 *
 * @param site the site's id
 * @param answer its answer; null while there is none
 * @param at when the answer arrived; null while there is none
 * @param late whether it came after the deadline
 */
public record SiteReply(
        String site, @Nullable SiteAnswer answer, @Nullable Instant at, boolean late) {

    /** A site that has not answered yet. */
    public static SiteReply pending(String site) {
        return new SiteReply(site, null, null, false);
    }
}
