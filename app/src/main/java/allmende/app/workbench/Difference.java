package allmende.app.workbench;

import allmende.core.disclosure.CountryAnswer.Figure;
import java.util.Optional;

/**
 * How many patients more one total has than another, with what is not known about it.
 *
 * @param value of the first less that of the second
 * @param low the least that the first may have more, below zero where it may have less
 * @param high the most that it may have more
 */
record Difference(long value, long low, long high) {

    /**
     * Works out the difference; empty where one of the totals is no number. The noise of two different questions is
     * independent, so that the 95 % intervals join by the root of the sum of their squares; patients at sites that have
     * only a few may come on top on either side.
     */
    static Optional<Difference> of(Figure left, Figure right) {
        if (!(left instanceof Figure.Sum one) || !(right instanceof Figure.Sum other)) {
            return Optional.empty();
        }
        long value = one.value() - other.value();
        long noise = (long) Math.ceil(Math.hypot((double) one.plusMinus(), (double) other.plusMinus()));
        return Optional.of(new Difference(value, value - noise - other.unseen(), value + noise + one.unseen()));
    }

    /** Whether the totals may as well be equal. */
    boolean withinUncertainty() {
        return low <= 0 && high >= 0;
    }
}
