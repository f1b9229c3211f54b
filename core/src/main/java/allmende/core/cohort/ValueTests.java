package allmende.core.cohort;

import allmende.core.cohort.ResourceFacts.Value;
import allmende.core.fhir.TimeSpan;
import allmende.core.terminology.Units;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value meets a filter. The bounds of a filter are converted into the unit of the value, exactly; a value in a
 * unit that the filter's can't be converted to, or in none, never meets a filter with a unit. A filter without a unit
 * compares numbers.
 */
public final class ValueTests {

    private final Units units;
    private final LocalDate today;

    /** Tests in which ages are counted on {@code today}. */
    public ValueTests(Units units, LocalDate today) {
        this.units = units;
        this.today = today;
    }

    /** Whether the value meets the filter. */
    public boolean meets(Value value, ValueFilter filter) {
        return switch (value) {
            case Value.Coded coded ->
                filter instanceof ValueFilter.Concepts wanted
                        && wanted.concepts().contains(coded.coding());
            case Value.Measured measured -> measuredMeets(measured, filter);
            case Value.Born born -> {
                TimeSpan birth = born.birth();
                yield AgeWindow.birthWindows(filter, today).stream().anyMatch(birth::overlaps);
            }
        };
    }

    private boolean measuredMeets(Value.Measured measured, ValueFilter filter) {
        return switch (filter) {
            case ValueFilter.Concepts _ -> false;
            case ValueFilter.Comparison comparison -> {
                Optional<BigDecimal> bound = bound(comparison.value(), comparison.unit(), measured);
                yield bound.isPresent()
                        && holds(comparison.comparator(), measured.number().compareTo(bound.get()));
            }
            case ValueFilter.Range range -> {
                Optional<BigDecimal> minimum = bound(range.minimum(), range.unit(), measured);
                Optional<BigDecimal> maximum = bound(range.maximum(), range.unit(), measured);
                yield minimum.isPresent()
                        && maximum.isPresent()
                        && measured.number().compareTo(minimum.get()) >= 0
                        && measured.number().compareTo(maximum.get()) <= 0;
            }
        };
    }

    private Optional<BigDecimal> bound(BigDecimal bound, @Nullable String unit, Value.Measured measured) {
        if (unit == null) {
            return Optional.of(bound);
        }
        String own = measured.unit();
        return own == null ? Optional.empty() : units.convert(bound, unit, own);
    }

    private static boolean holds(ValueFilter.Comparator comparator, int order) {
        return switch (comparator) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case GT -> order > 0;
            case GE -> order >= 0;
            case LT -> order < 0;
            case LE -> order <= 0;
        };
    }
}
