package allmende.app.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** So many acts per key in a window that slides smoothly: each act is paid back after its share of the window. */
final class RateLimit {

    private static final int KEYS_MAX = 10_000;

    private final Duration share;
    private final Duration window;
    private final InstantSource clock;
    private final Map<String, Instant> paidUntil = new HashMap<>();

    RateLimit(int acts, Duration window, InstantSource clock) {
        this.share = window.dividedBy(acts);
        this.window = window;
        this.clock = clock;
    }

    /** Counts an act; 0 where it may happen, else the seconds to wait, and then it is not counted. */
    synchronized long secondsToWait(String key) {
        Instant now = clock.instant();
        if (paidUntil.size() > KEYS_MAX) {
            paidUntil.values().removeIf(until -> until.isBefore(now));
        }
        Instant until = paidUntil.getOrDefault(key, now);
        Instant next = (until.isBefore(now) ? now : until).plus(share);
        Duration over = Duration.between(now.plus(window), next);
        if (over.isPositive()) {
            return over.toSeconds() + 1;
        }
        paidUntil.put(key, next);
        return 0;
    }
}
