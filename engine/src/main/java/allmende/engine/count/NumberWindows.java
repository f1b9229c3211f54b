package allmende.engine.count;

import allmende.core.cohort.ValueFilter;
import allmende.core.terminology.Units;
import allmende.engine.index.FactFilter.UnitChoice;
import allmende.engine.index.FactFilter.Window;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns number filters into intervals in the unit of the data. It is the bound that is converted, exactly and once, not
 * the values; both sides then become the nearest double, as the index keeps them.
 */
final class NumberWindows {

    private NumberWindows() {}

    /** The filter's numbers, whatever the unit. */
    static List<Window> anyUnit(ValueFilter filter) {
        return windows(filter, new UnitChoice.Any(), bound -> bound);
    }

    /** The filter in a unit of the data; empty where its unit can't be converted to that. */
    static List<Window> inUnit(ValueFilter filter, String unit, Units units) {
        String asked =
                switch (filter) {
                    case ValueFilter.Comparison comparison -> comparison.unit();
                    case ValueFilter.Range range -> range.unit();
                    case ValueFilter.Concepts concepts -> null;
                };
        if (asked == null) {
            return List.of();
        }
        return windows(filter, new UnitChoice.Exactly(unit), bound -> convert(bound, asked, unit, units));
    }

    private static @Nullable BigDecimal convert(BigDecimal bound, String from, String to, Units units) {
        Optional<BigDecimal> converted = from.equals(to) ? Optional.of(bound) : units.convert(bound, from, to);
        return converted.orElse(null);
    }

    /** Converts a bound; null where that is impossible. */
    private interface Conversion {
        @Nullable
        BigDecimal apply(BigDecimal bound);
    }

    private static List<Window> windows(ValueFilter filter, UnitChoice unit, Conversion conversion) {
        return switch (filter) {
            case ValueFilter.Concepts concepts -> List.of();
            case ValueFilter.Range range -> {
                BigDecimal low = conversion.apply(range.minimum());
                BigDecimal high = conversion.apply(range.maximum());
                yield low == null || high == null
                        ? List.of()
                        : List.of(new Window(unit, low.doubleValue(), true, high.doubleValue(), true));
            }
            case ValueFilter.Comparison comparison -> {
                BigDecimal bound = conversion.apply(comparison.value());
                yield bound == null ? List.of() : compare(comparison.comparator(), unit, bound.doubleValue());
            }
        };
    }

    private static List<Window> compare(ValueFilter.Comparator comparator, UnitChoice unit, double bound) {
        Window below = new Window(unit, Double.NEGATIVE_INFINITY, false, bound, false);
        Window above = new Window(unit, bound, false, Double.POSITIVE_INFINITY, false);
        return switch (comparator) {
            case EQ -> List.of(new Window(unit, bound, true, bound, true));
            case NE -> List.of(below, above);
            case GT -> List.of(above);
            case GE -> List.of(new Window(unit, bound, true, Double.POSITIVE_INFINITY, false));
            case LT -> List.of(below);
            case LE -> List.of(new Window(unit, Double.NEGATIVE_INFINITY, false, bound, true));
        };
    }
}
