package allmende.app.selection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often a program may look at a result. Looking costs no privacy, since the numbers do not change; the limits are
 * those that programs of the national portal expect.
 */
final class PollLimits {

    private static final int REMEMBERED = 10_000;

    private final Rules rules;
    private final InstantSource clock;
    private final Map<String, Instant> last = new Bounded<>();
    private final Map<Long, Bucket> views = new Bounded<>();

    PollLimits(Rules rules, InstantSource clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * How often.
     *
     * @param summary least time between two looks at a total
     * @param detailed least time between two looks at a breakdown
     * @param views breakdowns that an account may open at once
     * @param refill time in which one more may be opened
     */
    record Rules(Duration summary, Duration detailed, int views, Duration refill) {
        static final Rules DEFAULT = new Rules(Duration.ofSeconds(5), Duration.ofSeconds(10), 3, Duration.ofHours(2));
    }

    /** What an account has left of its breakdowns. */
    record Left(int limit, int remaining) {}

    private record Bucket(double tokens, Instant at) {}

    /** Forgets the oldest. */
    private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > REMEMBERED;
        }
    }

    /** How long to wait before looking at this total; empty if it may be looked at now, which counts. */
    synchronized Optional<Duration> summary(long account, long query) {
        return poll("s" + account + "/" + query, rules.summary());
    }

    /** As {@link #summary}, of a breakdown, which uses up one of the account's views the first time. */
    synchronized Optional<Duration> detailed(long account, long query) {
        String key = "d" + account + "/" + query;
        boolean first = !last.containsKey(key);
        Optional<Duration> wait = first ? take(account) : Optional.empty();
        return wait.isPresent() ? wait : poll(key, rules.detailed());
    }

    /** What is left. */
    synchronized Left left(long account) {
        return new Left(rules.views(), (int) bucket(account).tokens());
    }

    private Optional<Duration> poll(String key, Duration least) {
        Instant now = clock.instant();
        Instant before = last.get(key);
        if (before != null && now.isBefore(before.plus(least))) {
            return Optional.of(Duration.between(now, before.plus(least)));
        }
        last.remove(key);
        last.put(key, now);
        return Optional.empty();
    }

    private Optional<Duration> take(long account) {
        Bucket bucket = bucket(account);
        if (bucket.tokens() < 1) {
            return Optional.of(rules.refill()
                    .minusMillis((long) (bucket.tokens() * rules.refill().toMillis())));
        }
        views.put(account, new Bucket(bucket.tokens() - 1, bucket.at()));
        return Optional.empty();
    }

    private Bucket bucket(long account) {
        Instant now = clock.instant();
        Bucket before = views.getOrDefault(account, new Bucket(rules.views(), now));
        double gained = (double) Duration.between(before.at(), now).toMillis()
                / rules.refill().toMillis();
        return new Bucket(Math.min(rules.views(), before.tokens() + gained), now);
    }
}
