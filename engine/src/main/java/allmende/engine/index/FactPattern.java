package allmende.engine.index;

import allmende.core.cohort.Position;
import allmende.core.cohort.Within.Direction;
import org.jspecify.annotations.Nullable;

/**
 * A filter on facts, with conditions on when and how often resources pass it. Made from a criterion by whoever counts.
 *
 * @param filter what must hold on a resource
 * @param atLeast how many different resources of a patient must match; one or more
 * @param position whether the filter's value test applies only to the patient's first or last resource that passes the
 *     rest of the filter; null for any. Only for filters with a value test.
 * @param near what the resource must lie close to; null where not restricted
 */
public record FactPattern(
        FactFilter filter,
        int atLeast,
        @Nullable Position position,
        @Nullable Near near) {

    public FactPattern {
        if (atLeast < 1 || (position != null && filter.value() == null)) {
            throw new IllegalArgumentException("No such pattern");
        }
    }

    /** Anybody with any such fact. */
    public static FactPattern any(FactFilter filter) {
        return new FactPattern(filter, 1, null, null);
    }

    /** Whether the filter says all of it. */
    boolean plain() {
        return atLeast == 1 && position == null && near == null;
    }

    /**
     * A resource of the same patient that the matching one lies close to, by the days on which both start. A resource
     * without a known start is close to nothing.
     *
     * @param days largest distance
     * @param direction on which side of the other one the matching resource lies
     * @param of what the other resource must pass
     */
    public record Near(int days, Direction direction, FactFilter of) {}
}
