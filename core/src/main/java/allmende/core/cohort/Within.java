package allmende.core.cohort;

/**
 * The resource starts at most so many days before or after the start of some resource of the same patient that meets
 * another criterion. Days are local calendar days: the same day is a distance of nothing and counts in every direction.
 *
 * @param days largest distance, from 0 to {@link #MAX_DAYS}
 * @param direction on which side of the other resource
 * @param of the other criterion; has no extension of its own
 */
public record Within(int days, Direction direction, Criterion of) {

    /** Largest distance that a query may name: a hundred years, less a few days. */
    public static final int MAX_DAYS = 36_500;

    /** Where the resource lies, seen from the other one. */
    public enum Direction {
        /** On the other's day or earlier. */
        BEFORE,
        /** On the other's day or later. */
        AFTER,
        /** On either side. */
        EITHER
    }
}
