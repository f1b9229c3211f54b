package allmende.app.federation.exchange;

import allmende.app.federation.PartyId;
import allmende.app.federation.TaskKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task that a site has taken.
 *
 * @param body the asking Task; empty once done
 * @param received when it arrived, by the site's clock
 * @param note a person's reason for declining
 */
record Inbound(
        String id,
        PartyId from,
        TaskKind kind,
        String body,
        Instant received,
        State state,
        @Nullable String note) {

    enum State {
        /** Nobody has looked at it. */
        NEW,
        /** Waits for a person. */
        WAITING,
        /** A person said yes, or the policy lets it through. */
        APPROVED,
        /** A person said no. */
        DECLINED,
        /** Its outcome is on the way. */
        DONE
    }

    Inbound in(State next) {
        return new Inbound(id, from, kind, body, received, next, note);
    }

    Inbound declined(String reason) {
        return new Inbound(id, from, kind, body, received, State.DECLINED, reason);
    }

    Inbound done() {
        return new Inbound(id, from, kind, "", received, State.DONE, null);
    }
}
