package allmende.engine.proof;

import allmende.core.cohort.ValueFilter;
import allmende.core.cohort.ValueFilter.Comparator;
import allmende.core.cohort.ValueFilter.Comparison;
import allmende.core.cohort.ValueFilter.Range;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares quantities and ages the way one would by hand. */
final class NaiveNumbers {

    /** How much one of the unit is of the smallest unit of its kind. */
    private record Unit(String kind, BigDecimal size) {
        static Unit of(String kind, String size) {
            return new Unit(kind, new BigDecimal(size));
        }
    }

    private static final Map<String, Unit> UNITS = Map.ofEntries(
            Map.entry("g/L", Unit.of("mass per volume", "1000000")),
            Map.entry("g/dL", Unit.of("mass per volume", "10000000")),
            Map.entry("mg/dL", Unit.of("mass per volume", "10000")),
            Map.entry("mg/L", Unit.of("mass per volume", "1000")),
            Map.entry("ug/L", Unit.of("mass per volume", "1")),
            Map.entry("mmol/L", Unit.of("amount per volume", "1000")),
            Map.entry("umol/L", Unit.of("amount per volume", "1")),
            Map.entry("kg", Unit.of("mass", "1000")),
            Map.entry("g", Unit.of("mass", "1")),
            Map.entry("m", Unit.of("length", "100")),
            Map.entry("cm", Unit.of("length", "1")),
            Map.entry("/min", Unit.of("frequency", "1")),
            Map.entry("%", Unit.of("ratio", "1")),
            Map.entry("mm[Hg]", Unit.of("pressure", "1")));

    private NaiveNumbers() {}

    /** Whether a number with this unit passes the filter. */
    static boolean passes(ValueFilter filter, BigDecimal number, @Nullable String unit) {
        return switch (filter) {
            case ValueFilter.Concepts ignored -> false;
            case Comparison comparison ->
                comparable(unit, comparison.unit())
                        && holds(
                                comparison.comparator(),
                                inSmallest(number, unit, comparison.unit()),
                                inSmallest(comparison.value(), comparison.unit(), unit));
            case Range range ->
                comparable(unit, range.unit())
                        && inSmallest(number, unit, range.unit())
                                        .compareTo(inSmallest(range.minimum(), range.unit(), unit))
                                >= 0
                        && inSmallest(number, unit, range.unit())
                                        .compareTo(inSmallest(range.maximum(), range.unit(), unit))
                                <= 0;
        };
    }

    private static boolean comparable(@Nullable String stored, @Nullable String asked) {
        if (asked == null || asked.equals(stored)) {
            return true;
        }
        return stored != null
                && UNITS.containsKey(stored)
                && UNITS.containsKey(asked)
                && UNITS.get(stored).kind().equals(UNITS.get(asked).kind());
    }

    private static BigDecimal inSmallest(BigDecimal number, @Nullable String unit, @Nullable String other) {
        boolean asWritten = unit == null || other == null || unit.equals(other);
        return asWritten
                ? number
                : number.multiply(Objects.requireNonNull(UNITS.get(unit)).size());
    }

    static boolean holds(Comparator comparator, BigDecimal left, BigDecimal right) {
        int order = left.compareTo(right);
        return switch (comparator) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case GT -> order > 0;
            case GE -> order >= 0;
            case LT -> order < 0;
            case LE -> order <= 0;
        };
    }

    /** Whether somebody born then may today have an age that passes: tries every day of birth. */
    static boolean passesAge(ValueFilter filter, NaiveTime born, LocalDate today) {
        LocalDate last = born.last().toLocalDate();
        for (LocalDate day = born.first().toLocalDate(); !day.isAfter(last); day = day.plusDays(1)) {
            if (!day.isAfter(today) && ageHolds(filter, day, today)) {
                return true;
            }
        }
        return false;
    }

    private static boolean ageHolds(ValueFilter filter, LocalDate birth, LocalDate today) {
        return switch (filter) {
            case ValueFilter.Concepts ignored -> false;
            case Comparison c -> holds(c.comparator(), age(birth, today, c.unit()), c.value());
            case Range r ->
                age(birth, today, r.unit()).compareTo(r.minimum()) >= 0
                        && age(birth, today, r.unit()).compareTo(r.maximum()) <= 0;
        };
    }

    /** The completed units of an age. */
    private static BigDecimal age(LocalDate birth, LocalDate today, @Nullable String unit) {
        LocalDateTime midnight = today.atStartOfDay();
        long units =
                switch (unit == null ? "a" : unit) {
                    case "a" -> Period.between(birth, today).getYears();
                    case "mo" -> Period.between(birth, today).toTotalMonths();
                    case "wk" -> ChronoUnit.DAYS.between(birth, today) / 7;
                    case "d" -> ChronoUnit.DAYS.between(birth, today);
                    case "h" -> ChronoUnit.HOURS.between(birth.atStartOfDay(), midnight);
                    default -> throw new IllegalArgumentException("No unit of age: " + unit);
                };
        return BigDecimal.valueOf(units);
    }
}
