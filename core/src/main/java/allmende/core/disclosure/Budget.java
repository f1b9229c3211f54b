package allmende.core.disclosure;

import java.time.Duration;
import java.time.Instant;

/**
 * How much ε may be spent at a site. A budget starts full, is charged for each new answer, and refills evenly over time
 * until it is full again. So within any time {@code d}, at most capacity × (1 + d / refill time) is spent.
 *
 * @param requester the most that one requester of a portal can have
 * @param portal the most that a portal can have, all its requesters together: who takes over a portal can invent
 *     requesters, but not portals
 * @param refillDays days in which an empty budget fills up
 */
public record Budget(double requester, double portal, int refillDays) {

    public Budget {
        if (!(requester >= 0 && portal >= 0 && refillDays >= 1)) {
            throw new IllegalArgumentException("budgets are not negative and refill in days");
        }
    }

    /**
     * What has been spent and not been refilled yet.
     *
     * @param micro millionths of ε
     * @param at when that was so
     */
    public record Spent(long micro, Instant at) {}

    /** The outcome of the wish to spend. */
    public sealed interface Charge {

        /** It may be spent; {@code spent} is what to remember, {@code left} the rest in millionths of ε. */
        record Granted(Spent spent, long left) implements Charge {}

        /** It may not; {@code retryAfter} is when it may, {@link Instant#MAX} for never. */
        record Exhausted(Instant retryAfter) implements Charge {}
    }

    /** The most that a requester can have, in millionths of ε. */
    public long requesterMicro() {
        return Math.round(requester * Mechanism.MILLION);
    }

    /** The most that a portal can have, in millionths of ε. */
    public long portalMicro() {
        return Math.round(portal * Mechanism.MILLION);
    }

    /**
     * Spends from an account.
     *
     * @param capacity of the account, in millionths of ε
     * @param spent what the account remembers
     * @param cost what to spend, in millionths of ε
     * @param now not before {@code spent.at()}; an earlier time refills nothing
     */
    public Charge charge(long capacity, Spent spent, long cost, Instant now) {
        Spent current = refilled(capacity, spent, now);
        long after = current.micro() + cost;
        if (cost == 0 || after <= capacity) {
            return new Charge.Granted(new Spent(after, current.at()), Math.max(0, capacity - after));
        }
        if (cost > capacity) {
            return new Charge.Exhausted(Instant.MAX);
        }
        double share = (after - capacity) / (double) capacity;
        long seconds = (long) Math.ceil(share * refill().toSeconds()) + 1;
        return new Charge.Exhausted(current.at().plusSeconds(seconds));
    }

    /** What an account has spent, after what has been refilled until now. */
    public Spent refilled(long capacity, Spent spent, Instant now) {
        if (!now.isAfter(spent.at())) {
            return spent;
        }
        double refillMillis = refill().toMillis();
        double passed = Duration.between(spent.at(), now).toMillis();
        long back = Math.min((long) (passed / refillMillis * capacity), spent.micro());
        if (back == spent.micro()) {
            return new Spent(0, now);
        }
        // only the time that whole millionths took is used up: asking often neither gains nor loses anything
        long used = (long) Math.min(Math.ceil(back * refillMillis / capacity), passed);
        return new Spent(spent.micro() - back, spent.at().plusMillis(used));
    }

    private Duration refill() {
        return Duration.ofDays(refillDays);
    }
}
