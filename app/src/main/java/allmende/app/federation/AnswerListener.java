package allmende.app.federation;

import java.time.Instant;

/** Is told what the sites answer. */
@FunctionalInterface
public interface AnswerListener {

    /**
     * A site's answer is in. Called at least once for each task and site, also after a restart, until it returns without
     * an exception; so it must be idempotent.
     *
     * @param outcome the site's answer; {@link TaskOutcome.Failed} with {@code NOT_ENROLLED}, {@code REVOKED} or
     *     {@code UNDELIVERABLE} is the portal's own finding
     * @param at when it arrived, by the portal's clock
     * @param late whether that was after the deadline
     */
    void answered(String taskId, PartyId site, TaskOutcome outcome, Instant at, boolean late);
}
