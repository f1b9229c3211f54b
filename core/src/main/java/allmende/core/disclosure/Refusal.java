package allmende.core.disclosure;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a site does not answer.
 *
 * @param reason the kind of refusal
 * @param retryAfter when the same question may be asked again with success; null where time does not help
 */
public record Refusal(Reason reason, @Nullable Instant retryAfter) {

    /** A refusal that waiting does not lift. */
    public static Refusal of(Reason reason) {
        return new Refusal(reason, null);
    }

    /** Kinds of refusals. */
    public enum Reason {
        /** The site has paused answering. */
        PAUSED,
        /** The site's policy does not allow this kind of question from this asker. */
        POLICY,
        /** A person at the site has declined. */
        DECLINED,
        /** The requester's privacy budget at the site, or that of the portal, is used up. */
        BUDGET,
        /** Too many questions in too short a time. */
        RATE
    }
}
