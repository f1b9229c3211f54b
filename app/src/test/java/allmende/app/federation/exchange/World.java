package allmende.app.federation.exchange;

import allmende.app.federation.PartyId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Time, network and chance of a simulation, all from one seed: the same seed gives the same world. */
final class World {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int HISTORY = 200;

    final SplittableRandom random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final List<Runnable> history = new ArrayList<>();
    private Faults faults;
    private long now;
    private long order;
    private long packets;

    World(long seed, Faults faults) {
        this.random = new SplittableRandom(seed);
        this.faults = faults;
    }

    private record Event(long at, long order, Runnable action) {}

    Faults faults() {
        return faults;
    }

    void faults(Faults now) {
        faults = now;
    }

    Instant time() {
        return START.plusMillis(now);
    }

    long packets() {
        return packets;
    }

    /** Does something after a while. */
    void after(Duration delay, Runnable action) {
        events.add(new Event(now + delay.toMillis(), order++, action));
    }

    /** Runs until this time, or until nothing is left to do. */
    void runUntil(Duration end) {
        while (!events.isEmpty() && events.peek().at() <= end.toMillis()) {
            Event event = events.poll();
            now = event.at();
            event.action().run();
        }
        now = Math.max(now, end.toMillis());
    }

    Duration clock() {
        return Duration.ofMillis(now);
    }

    boolean happens(int thousandths) {
        return random.nextInt(1000) < thousandths;
    }

    Duration upTo(Duration longest) {
        return Duration.ofMillis(random.nextLong(longest.toMillis() + 1));
    }

    Duration skew() {
        long most = faults.skew().toMillis();
        return Duration.ofMillis(most == 0 ? 0 : random.nextLong(2 * most + 1) - most);
    }

    /** Sends a packet: it may get lost, come twice, late, out of order, and again much later. */
    void send(Runnable arrival) {
        packets++;
        if (!happens(faults.lost())) {
            after(upTo(faults.delay()), arrival);
        }
        if (happens(faults.doubled())) {
            after(upTo(faults.delay()), arrival);
            if (history.size() < HISTORY) {
                history.add(arrival);
            } else {
                history.set(random.nextInt(HISTORY), arrival);
            }
            if (random.nextInt(4) == 0) {
                after(upTo(Duration.ofMinutes(10)), history.get(random.nextInt(history.size())));
            }
        }
    }

    /** A text with one character changed, sometimes. */
    String carried(String text) {
        if (!happens(faults.tampered()) || text.isEmpty()) {
            return text;
        }
        int at = random.nextInt(text.length());
        return text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1);
    }

    static PartyId site(int number) {
        return new PartyId("site" + number);
    }
}
