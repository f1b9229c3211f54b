package allmende.core.cohort;

import allmende.core.fhir.TimeSpan;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns filters on age into windows of birth dates. An age counts completed units: who was born on 15 May 2000 is 25 years
 * old from 15 May 2025 to 14 May 2026. Who was born on 29 February completes a year on 1 March in years without that day.
 */
public final class AgeWindow {

    /** Units of age (UCUM): years, months, weeks, days, hours. Hours are 24 times the completed days. */
    public static final Set<String> UNITS = Set.of("a", "mo", "wk", "d", "h");

    private static final int MINUTES_PER_DAY = 1440;

    /** More units than any age that dates can express; beyond it all ages are the same. */
    private static final BigDecimal MAX_UNITS = BigDecimal.valueOf(100_000_000);

    private final LocalDate today;
    private final String unit;

    private AgeWindow(LocalDate today, String unit) {
        this.today = today;
        this.unit = unit;
    }

    /**
     * The births whose age on {@code today} passes the filter: sorted, disjoint windows up to the end of today. A patient
     * matches if its birth, which a partial date makes an interval, overlaps one of them. Empty for filters by concept.
     * A filter without unit is in years.
     */
    public static List<TimeSpan> birthWindows(ValueFilter filter, LocalDate today) {
        return switch (filter) {
            case ValueFilter.Concepts _ -> List.of();
            case ValueFilter.Comparison comparison ->
                of(today, comparison.unit()).comparison(comparison);
            case ValueFilter.Range range ->
                of(today, range.unit()).ages(ceiling(range.minimum()), floor(range.maximum()));
        };
    }

    private static AgeWindow of(LocalDate today, @Nullable String unit) {
        return new AgeWindow(today, unit == null ? "a" : unit);
    }

    private List<TimeSpan> comparison(ValueFilter.Comparison comparison) {
        long floor = floor(comparison.value());
        long ceiling = ceiling(comparison.value());
        return switch (comparison.comparator()) {
            case GE -> ages(ceiling, Long.MAX_VALUE);
            case GT -> ages(floor + 1, Long.MAX_VALUE);
            case LE -> ages(0, floor);
            case LT -> ages(0, ceiling - 1);
            case EQ -> floor == ceiling ? ages(floor, floor) : List.of();
            case NE -> floor == ceiling ? allBut(floor) : ages(0, Long.MAX_VALUE);
        };
    }

    private List<TimeSpan> allBut(long age) {
        List<TimeSpan> older = ages(age + 1, Long.MAX_VALUE);
        List<TimeSpan> younger = ages(0, age - 1);
        if (older.isEmpty() || younger.isEmpty()) {
            return older.isEmpty() ? younger : older;
        }
        TimeSpan first = older.getFirst();
        TimeSpan second = younger.getFirst();
        return first.endMinute() + 1 >= second.startMinute()
                ? List.of(new TimeSpan(first.startMinute(), second.endMinute()))
                : List.of(first, second);
    }

    /** The births of everyone whose age is between the two, both inclusive. */
    private List<TimeSpan> ages(long youngest, long oldest) {
        List<TimeSpan> windows = new ArrayList<>();
        LocalDate last = latestBirth(Math.max(0, youngest));
        if (last != null && oldest >= 0) {
            LocalDate before = oldest == Long.MAX_VALUE ? null : latestBirth(oldest + 1);
            long start = before == null ? TimeSpan.OPEN_START : (before.toEpochDay() + 1) * MINUTES_PER_DAY;
            long end = (last.toEpochDay() + 1) * MINUTES_PER_DAY - 1;
            if (start <= end) {
                windows.add(new TimeSpan(start, end));
            }
        }
        return windows;
    }

    /** The last day of birth whose age today is at least this; null where that lies before the year 1. */
    private @Nullable LocalDate latestBirth(long age) {
        long years = today.getYear();
        long units = Math.min(age, MAX_UNITS.longValue());
        LocalDate birth =
                switch (unit) {
                    case "mo" -> units > years * 12 ? null : today.minusMonths(units);
                    case "wk" -> units > years * 53 ? null : today.minusWeeks(units);
                    case "d" -> units > years * 366 ? null : today.minusDays(units);
                    case "h" -> units > years * 366 * 24 ? null : today.minusDays(Math.ceilDiv(units, 24));
                    default -> units > years ? null : today.minusMonths(units * 12);
                };
        return birth == null || birth.getYear() < 1 ? null : birth;
    }

    private static long floor(BigDecimal number) {
        return clamp(number).setScale(0, RoundingMode.FLOOR).longValue();
    }

    private static long ceiling(BigDecimal number) {
        return clamp(number).setScale(0, RoundingMode.CEILING).longValue();
    }

    private static BigDecimal clamp(BigDecimal number) {
        return number.max(MAX_UNITS.negate()).min(MAX_UNITS);
    }
}
