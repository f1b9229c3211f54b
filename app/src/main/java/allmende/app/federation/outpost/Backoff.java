package allmende.app.federation.outpost;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits longer after each failure, up to a minute, and never as long as everybody else who failed at the same time. */
final class Backoff {

    private static final long FIRST_MILLIS = 500;
    private static final long LONGEST_MILLIS = 60_000;

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    void success() {
        failures = 0;
    }

    /** How long to wait after one more failure: between half and all of a time that doubles from failure to failure. */
    Duration failure() {
        long full = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, 10));
        failures++;
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }
}
