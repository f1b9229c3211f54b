package allmende.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.ValueFilter.Comparator;
import allmende.core.cohort.ValueFilter.Comparison;
import allmende.core.cohort.ValueFilter.Concepts;
import allmende.core.cohort.ValueFilter.Range;
import allmende.core.fhir.FhirTimes;
import allmende.core.fhir.TimeSpan;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AgeWindowTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 5, 15);

    @Example
    void yearsAreCompletedYears() {
        assertThat(matches(Comparator.GE, "26", "a", "2000-05-15")).isTrue();
        assertThat(matches(Comparator.GE, "26", "a", "2000-05-16")).isFalse();
        assertThat(matches(Comparator.GT, "26", "a", "1999-05-16")).isFalse();
        assertThat(matches(Comparator.GT, "26", "a", "1999-05-15")).isTrue();
        assertThat(matches(Comparator.EQ, "26", "a", "1999-05-16")).isTrue();
        assertThat(matches(Comparator.LT, "1", "wk", "2026-05-09")).isTrue();
        assertThat(matches(Comparator.LT, "1", "wk", "2026-05-08")).isFalse();
    }

    @Example
    void partialBirthDatesMatchIfAnyOfTheirDaysDoes() {
        assertThat(matches(Comparator.EQ, "25", "a", "2000")).isTrue();
        assertThat(matches(Comparator.EQ, "26", "a", "2000")).isTrue();
        assertThat(matches(Comparator.EQ, "27", "a", "2000")).isFalse();
        assertThat(matches(Comparator.NE, "26", "a", "2000")).isTrue();
        assertThat(matches(Comparator.NE, "26", "a", "2000-04")).isFalse();
    }

    @Example
    void nobodyIsBornTomorrow() {
        assertThat(matches(Comparator.GE, "0", "d", "2026-05-15")).isTrue();
        assertThat(matches(Comparator.NE, "5", "a", "2026-05-16")).isFalse();
        assertThat(matches(Comparator.GE, "-3", "a", "2027-05-16")).isFalse();
    }

    @Example
    void agesBeyondTheCalendarAreNobodys() {
        for (String unit : AgeWindow.UNITS) {
            assertThat(windows(Comparator.GT, "1e30", unit)).isEmpty();
            assertThat(windows(Comparator.LT, "-1e30", unit)).isEmpty();
            assertThat(windows(Comparator.LE, "1e30", unit))
                    .containsExactly(new TimeSpan(TimeSpan.OPEN_START, endOf(TODAY)));
        }
        assertThat(AgeWindow.birthWindows(new Concepts(List.of()), TODAY)).isEmpty();
    }

    /** A day of birth lies in a window exactly if its age, counted by hand, passes the filter. */
    @Property(tries = 2000)
    void windowsAreTheDaysWhoseAgePasses(
            @ForAll("filters") ValueFilter filter, @ForAll("days") LocalDate today, @ForAll("ages") int daysAgo) {
        LocalDate birth = today.minusDays(daysAgo);
        List<TimeSpan> windows = AgeWindow.birthWindows(filter, today);
        TimeSpan day = new TimeSpan(birth.toEpochDay() * 1440, endOf(birth));
        boolean passes = daysAgo >= 0 && passes(filter, birth, today);
        assertThat(windows.stream().anyMatch(day::overlaps)).isEqualTo(passes);
    }

    @Property(tries = 500)
    void windowsAreSortedAndApart(@ForAll("filters") ValueFilter filter, @ForAll("days") LocalDate today) {
        List<TimeSpan> windows = AgeWindow.birthWindows(filter, today);
        assertThat(windows).allSatisfy(window -> {
            assertThat(window.startMinute()).isLessThan(window.endMinute());
            assertThat(window.endMinute()).isLessThanOrEqualTo(endOf(today));
        });
        for (int i = 1; i < windows.size(); i++) {
            assertThat(windows.get(i).startMinute())
                    .isGreaterThan(windows.get(i - 1).endMinute() + 1);
        }
    }

    @Provide
    Arbitrary<ValueFilter> filters() {
        Arbitrary<String> units = Arbitraries.of(AgeWindow.UNITS);
        Arbitrary<BigDecimal> numbers = Arbitraries.oneOf(
                Arbitraries.integers().between(-2, 130).map(BigDecimal::valueOf),
                Arbitraries.bigDecimals()
                        .between(BigDecimal.valueOf(-1), BigDecimal.valueOf(3000))
                        .ofScale(1));
        Arbitrary<ValueFilter> comparisons = Combinators.combine(Arbitraries.of(Comparator.class), numbers, units)
                .as(Comparison::new);
        Arbitrary<ValueFilter> ranges = Combinators.combine(numbers, numbers, units)
                .as((one, other, unit) -> new Range(one.min(other), one.max(other), unit));
        return Arbitraries.oneOf(comparisons, ranges);
    }

    @Provide
    Arbitrary<LocalDate> days() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(0, 20_000).map(LocalDate.of(1990, 1, 1)::plusDays),
                Arbitraries.of(LocalDate.of(2024, 2, 29), LocalDate.of(2025, 2, 28), LocalDate.of(2025, 3, 31)));
    }

    @Provide
    Arbitrary<Integer> ages() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(-3, 45_000),
                Arbitraries.integers().between(-3, 800));
    }

    private static boolean passes(ValueFilter filter, LocalDate birth, LocalDate today) {
        return switch (filter) {
            case Concepts _ -> false;
            case Comparison comparison -> {
                int order = age(birth, today, comparison.unit()).compareTo(comparison.value());
                yield switch (comparison.comparator()) {
                    case EQ -> order == 0;
                    case NE -> order != 0;
                    case GT -> order > 0;
                    case GE -> order >= 0;
                    case LT -> order < 0;
                    case LE -> order <= 0;
                };
            }
            case Range range ->
                age(birth, today, range.unit()).compareTo(range.minimum()) >= 0
                        && age(birth, today, range.unit()).compareTo(range.maximum()) <= 0;
        };
    }

    private static BigDecimal age(LocalDate birth, LocalDate today, String unit) {
        long days = ChronoUnit.DAYS.between(birth, today);
        return BigDecimal.valueOf(
                switch (Objects.requireNonNull(unit)) {
                    case "a" -> Period.between(birth, today).getYears();
                    case "mo" -> Period.between(birth, today).toTotalMonths();
                    case "wk" -> days / 7;
                    case "d" -> days;
                    default -> days * 24;
                });
    }

    private static boolean matches(Comparator comparator, String value, String unit, String birth) {
        TimeSpan born = Objects.requireNonNull(FhirTimes.span(birth));
        return windows(comparator, value, unit).stream().anyMatch(born::overlaps);
    }

    private static List<TimeSpan> windows(Comparator comparator, String value, String unit) {
        return AgeWindow.birthWindows(new Comparison(comparator, new BigDecimal(value), unit), TODAY);
    }

    private static long endOf(LocalDate day) {
        return day.toEpochDay() * 1440 + 1439;
    }
}
