package allmende.app.federation.policy;

import java.time.Duration;
import java.time.Instant;

/** Lets a burst through and then so many per minute; recovers by itself. */
public final class TokenBucket {

    private static final double MILLIS_PER_MINUTE = 60_000;

    private final int burst;
    private final double perMinute;
    private double tokens;
    private Instant filled;

    /** A full bucket. */
    public TokenBucket(int burst, double perMinute, Instant now) {
        this.burst = burst;
        this.perMinute = perMinute;
        this.tokens = burst;
        this.filled = now;
    }

    /** Takes one token, if there is one. */
    public synchronized boolean take(Instant now) {
        long millis = Duration.between(filled, now).toMillis();
        if (millis > 0) {
            tokens = Math.min(burst, tokens + millis * perMinute / MILLIS_PER_MINUTE);
            filled = now;
        }
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
