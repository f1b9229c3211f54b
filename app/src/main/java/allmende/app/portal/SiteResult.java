package allmende.app.portal;

import allmende.core.disclosure.SiteAnswer;
import allmende.core.disclosure.SiteReply;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What has come from one of the sites that were asked.
 *
 * @param site its id in the federation
 * @param name what people call it
 * @param answer its answer; null while there is none
 * @param note the reason of a person at the site in their own words, where one was given
 * @param at when it arrived; null while there is none
 * @param late whether it arrived after the deadline
 */
public record SiteResult(
        String site,
        String name,
        @Nullable SiteAnswer answer,
        @Nullable String note,
        @Nullable Instant at,
        boolean late) {

    /** As the portal's rules take it. */
    public SiteReply reply() {
        return new SiteReply(site, answer, at, late);
    }
}
