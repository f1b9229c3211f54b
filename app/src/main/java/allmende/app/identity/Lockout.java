package allmende.app.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * How long wrong passwords keep a name or an address waiting. The first few cost nothing; then each further one doubles
 * the wait. It ends by itself, and a long silence is a new beginning.
 *
 * @param free wrong passwords that cost nothing
 * @param first wait after the first one beyond
 * @param longest no wait is longer
 */
record Lockout(int free, Duration first, Duration longest) {

    /** For one account: NIST allows no more than 100 wrong attempts in a row; an hour apart they take days. */
    static final Lockout ACCOUNT = new Lockout(5, Duration.ofSeconds(30), Duration.ofHours(1));

    /** For one address, behind which a whole hospital may sit. */
    static final Lockout ADDRESS = new Lockout(40, Duration.ofSeconds(10), Duration.ofMinutes(15));

    /** After so long without a wrong password they are forgotten. */
    static final Duration FORGOTTEN = Duration.ofHours(24);

    private static final int DOUBLINGS_MAX = 20;

    /**
     * Wrong passwords in a row.
     *
     * @param failures how many
     * @param lastAt when the last came
     */
    record Count(int failures, Instant lastAt) {

        /** One more. */
        Count another(Instant now) {
            return new Count(stale(now) ? 1 : failures + 1, now);
        }

        private boolean stale(Instant now) {
            return lastAt.plus(FORGOTTEN).isBefore(now);
        }
    }

    /** Until when nobody is let in; the past where there is nothing to wait for. */
    Instant until(Count count) {
        if (count.failures() < free) {
            return Instant.MIN;
        }
        int doublings = Math.min(count.failures() - free, DOUBLINGS_MAX);
        Duration wait = first.multipliedBy(1L << doublings);
        return count.lastAt().plus(wait.compareTo(longest) < 0 ? wait : longest);
    }

    boolean closed(Count count, Instant now) {
        return !count.stale(now) && until(count).isAfter(now);
    }
}
