package allmende.app.federation.exchange;

import java.time.Duration;

/**
 * How bad a simulated world is. Probabilities are per event, in thousandths.
 *
 * @param lost a packet does not arrive
 * @param doubled it arrives twice
 * @param tampered a bit of it is changed on the way
 * @param crashBefore the party ends just before a transaction would be kept
 * @param crashAfter the party ends just after a transaction was kept, before anybody hears of it
 * @param restart the party ends between two of its steps
 * @param delay longest time on the way
 * @param skew farthest that a party's clock is off, either way
 */
record Faults(
        int lost,
        int doubled,
        int tampered,
        int crashBefore,
        int crashAfter,
        int restart,
        Duration delay,
        Duration skew) {

    static final Faults MANY = new Faults(60, 60, 5, 5, 5, 2, Duration.ofSeconds(20), Duration.ofSeconds(120));

    static final Faults FEW = new Faults(5, 5, 1, 1, 1, 1, Duration.ofSeconds(2), Duration.ofSeconds(30));

    static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, Duration.ofMillis(50), Duration.ZERO);
}
