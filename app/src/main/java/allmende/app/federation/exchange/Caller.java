package allmende.app.federation.exchange;

import allmende.app.federation.trust.Call;
import allmende.app.federation.trust.Rejection;
import org.jspecify.annotations.Nullable;

/** What a portal makes of a site's call for messages. */
public sealed interface Caller {

    /**
     * A site that may have its messages.
     *
     * @param certificate SHA-256 thumbprint of the client certificate that it must have shown; null for none
     */
    record Known(Call call, @Nullable String certificate) implements Caller {}

    /**
     * Nobody that gets anything.
     *
     * @param run the portal's present run, which calls must name
     */
    record Turned(Rejection reason, String run) implements Caller {}
}
