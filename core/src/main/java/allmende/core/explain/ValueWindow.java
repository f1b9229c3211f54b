package allmende.core.explain;

import allmende.core.cohort.ValueFilter;
import allmende.core.terminology.Units;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that pass a filter.
 *
 * @param low smallest, null where there is none
 * @param lowInside whether {@code low} itself passes
 * @param high largest, null where there is none
 * @param highInside whether {@code high} itself passes
 */
record ValueWindow(
        @Nullable BigDecimal low,
        boolean lowInside,
        @Nullable BigDecimal high,
        boolean highInside,
        @Nullable String unit) {

    private static final Units UNITS = new Units();

    /** The window of a filter; empty for concepts and for "anything but", which is none. */
    static Optional<ValueWindow> of(@Nullable ValueFilter filter) {
        return switch (filter) {
            case null -> Optional.empty();
            case ValueFilter.Concepts _ -> Optional.empty();
            case ValueFilter.Comparison comparison -> of(comparison);
            case ValueFilter.Range range ->
                Optional.of(new ValueWindow(range.minimum(), true, range.maximum(), true, range.unit()));
        };
    }

    private static Optional<ValueWindow> of(ValueFilter.Comparison filter) {
        BigDecimal value = filter.value();
        String unit = filter.unit();
        return switch (filter.comparator()) {
            case EQ -> Optional.of(new ValueWindow(value, true, value, true, unit));
            case GE -> Optional.of(new ValueWindow(value, true, null, false, unit));
            case GT -> Optional.of(new ValueWindow(value, false, null, false, unit));
            case LE -> Optional.of(new ValueWindow(null, false, value, true, unit));
            case LT -> Optional.of(new ValueWindow(null, false, value, false, unit));
            case NE -> Optional.empty();
        };
    }

    /** Whether every number that passes the other one passes this. */
    boolean contains(ValueWindow other) {
        return other.in(unit).map(this::around).orElse(false);
    }

    /** Whether no number passes both; false where they can't be compared. */
    boolean apart(ValueWindow other) {
        return other.in(unit)
                .map(same -> below(this, same) || below(same, this))
                .orElse(false);
    }

    private Optional<ValueWindow> in(@Nullable String target) {
        if (unit == null || target == null) {
            return unit == null && target == null ? Optional.of(this) : Optional.empty();
        }
        Optional<BigDecimal> first = low == null ? Optional.empty() : UNITS.convert(low, unit, target);
        Optional<BigDecimal> last = high == null ? Optional.empty() : UNITS.convert(high, unit, target);
        boolean lost = (low != null && first.isEmpty()) || (high != null && last.isEmpty());
        return lost
                ? Optional.empty()
                : Optional.of(new ValueWindow(first.orElse(null), lowInside, last.orElse(null), highInside, target));
    }

    private boolean around(ValueWindow other) {
        return from(other) && to(other);
    }

    private boolean from(ValueWindow other) {
        if (low == null || other.low == null) {
            return low == null;
        }
        int order = low.compareTo(other.low);
        return order < 0 || (order == 0 && (lowInside || !other.lowInside));
    }

    private boolean to(ValueWindow other) {
        if (high == null || other.high == null) {
            return high == null;
        }
        int order = high.compareTo(other.high);
        return order > 0 || (order == 0 && (highInside || !other.highInside));
    }

    private static boolean below(ValueWindow lower, ValueWindow upper) {
        if (lower.high == null || upper.low == null) {
            return false;
        }
        int order = lower.high.compareTo(upper.low);
        return order < 0 || (order == 0 && !(lower.highInside && upper.lowInside));
    }
}
