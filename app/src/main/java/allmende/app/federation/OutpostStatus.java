package allmende.app.federation;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a site's connection stands.
 *
 * @param portalFingerprint short form of the portal's key, once known; to be compared with what the portal shows
 * @param connected whether the portal answered the last call
 * @param lastContact when the portal last answered
 * @param problem stable code of what is in the way, for example {@code UNREACHABLE}, {@code PROXY}, {@code CERTIFICATE},
 *     {@code CLOCK}; null if nothing is
 * @param paused whether all tasks are refused
 * @param policyProblems what is wrong with the policy file, as sentences; the last good version is in force meanwhile
 * @param featuresOff names of query features that this site does not offer
 * @param unsent messages that the portal has not acknowledged yet
 */
public record OutpostStatus(
        State state,
        @Nullable String portalFingerprint,
        boolean connected,
        @Nullable Instant lastContact,
        @Nullable String problem,
        boolean paused,
        List<String> policyProblems,
        Set<String> featuresOff,
        int unsent) {

    /** How far a site is on its way into the federation. */
    public enum State {
        /** The portal has not been reached yet. */
        NEW,
        /** The portal's key is known but nobody has confirmed it: compare, then {@link Outpost#confirmPortal}. */
        PORTAL_UNCONFIRMED,
        /** The portal shows another key than the one that was confirmed; nothing is exchanged. */
        PORTAL_CHANGED,
        /** An admin of the portal has not decided yet. */
        REQUESTED,
        /** An admin of the portal said no. */
        REFUSED,
        /** The site takes part. */
        ENROLLED,
        /** The portal has ended the site's part. */
        REVOKED
    }
}
