package allmende.engine.search;

import allmende.core.fhir.Quantities;
import allmende.core.terminology.CanonicalUnit;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.function.ToDoubleFunction;

/** Comparisons with numbers, quantities and times, as boxes of spans. */
final class SpanQueries {

    private static final long MIN = Long.MIN_VALUE;
    private static final long MAX = Long.MAX_VALUE;

    /** How far around a number {@code ap} reaches, in parts of the number: the standard recommends a tenth. */
    private static final BigDecimal APPROXIMATE = new BigDecimal("0.1");

    private static final int EXPONENT_MAX = 400;

    private SpanQueries() {}

    /** Gives spans' keys another meaning, for those that are kept under the terms of other components. */
    interface Keys extends LongUnaryOperator {}

    static final Keys OWN = key -> key;

    /** Times that compare so with a value; {@code now} is what {@code ap} measures nearness by. */
    static List<SpanField.Box> times(String parameter, String value, Keys keys, long now) {
        Prefix.Prefixed prefixed = Prefix.of(value);
        // a plus sign in a query is a space to those who decode it
        Moments.Stretch given = Moments.of(prefixed.rest().replace(' ', '+'));
        if (given == null) {
            throw new SearchRefused(
                    Refusal.Code.VALUE,
                    parameter,
                    "The value is no date: write YYYY, YYYY-MM, YYYY-MM-DD or a time such as 2024-05-31T12:00:00+02:00.");
        }
        long key = keys.applyAsLong(0);
        long first = given.first();
        long last = given.last();
        SpanField.Box contained = new SpanField.Box(key, first, MAX, MIN, last);
        return switch (prefixed.prefix()) {
            case EQ -> List.of(contained);
            case NE -> List.of(new SpanField.Box(key, MIN, first - 1, MIN, MAX), above(key, last));
            case GT -> List.of(above(key, last));
            case LT -> List.of(new SpanField.Box(key, MIN, first - 1, MIN, MAX));
            case GE -> List.of(above(key, last), contained);
            case LE -> List.of(new SpanField.Box(key, MIN, first - 1, MIN, MAX), contained);
            case SA -> List.of(new SpanField.Box(key, last + 1, MAX, MIN, MAX));
            case EB -> List.of(new SpanField.Box(key, MIN, MAX, MIN, first - 1));
            case AP -> {
                long reach = Math.abs(now - (first + last) / 2) / 10;
                yield List.of(new SpanField.Box(key, MIN, last + reach, first - reach, MAX));
            }
        };
    }

    /** Spans that reach beyond a point. */
    private static SpanField.Box above(long key, long point) {
        return point == MAX
                ? new SpanField.Box(key, MAX, MIN, MAX, MIN)
                : new SpanField.Box(key, MIN, MAX, point + 1, MAX);
    }

    /** Numbers that compare so with a value. */
    static List<SpanField.Box> numbers(String parameter, String value, Keys keys) {
        Prefix.Prefixed prefixed = Prefix.of(value);
        return boxes(
                keys.applyAsLong(Amounts.ANY_UNIT),
                prefixed.prefix(),
                Bounds.of(number(parameter, prefixed.rest()), BigDecimal::doubleValue));
    }

    /** Quantities that compare so with {@code number|system|code}, {@code number||code} or a number. */
    static List<SpanField.Box> quantities(String parameter, String value, Keys keys) {
        Prefix.Prefixed prefixed = Prefix.of(value);
        List<String> parts = Written.split(prefixed.rest(), '|');
        BigDecimal number = number(parameter, parts.getFirst());
        Bounds bounds = Bounds.of(number, BigDecimal::doubleValue);
        if (parts.size() > 3) {
            throw new SearchRefused(
                    Refusal.Code.VALUE, parameter, "A quantity is written number, number|system|code or number||code.");
        }
        String system = parts.size() > 1 ? Written.plain(parts.get(1)) : "";
        String code = parts.size() > 2 ? Written.plain(parts.get(2)) : "";
        if (code.isEmpty()) {
            if (!system.isEmpty()) {
                throw new SearchRefused(
                        Refusal.Code.VALUE, parameter, "After the system of a unit its code is missing.");
            }
            return boxes(keys.applyAsLong(Amounts.ANY_UNIT), prefixed.prefix(), bounds);
        }
        if (system.isEmpty()) {
            return boxes(keys.applyAsLong(Amounts.written(code)), prefixed.prefix(), bounds);
        }
        CanonicalUnit unit = system.equals(Quantities.UCUM) ? CanonicalUnit.of(code) : null;
        return unit == null
                ? boxes(keys.applyAsLong(Amounts.coded(system, code)), prefixed.prefix(), bounds)
                : boxes(
                        keys.applyAsLong(Amounts.measured(unit)),
                        prefixed.prefix(),
                        Bounds.of(number, unit::canonical));
    }

    private static BigDecimal number(String parameter, String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) <= EXPONENT_MAX) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new SearchRefused(Refusal.Code.VALUE, parameter, "The value does not begin with a number.");
    }

    /**
     * A number of a query with what its digits leave open: {@code 5.4} is anything from 5.35 to below 5.45.
     */
    private record Bounds(double low, double value, double high, double near, double far) {

        static Bounds of(BigDecimal number, ToDoubleFunction<BigDecimal> scale) {
            BigDecimal half = BigDecimal.ONE.movePointLeft(number.scale()).divide(BigDecimal.valueOf(2));
            BigDecimal around = number.abs().multiply(APPROXIMATE);
            return new Bounds(
                    scale.applyAsDouble(number.subtract(half)),
                    scale.applyAsDouble(number),
                    scale.applyAsDouble(number.add(half)),
                    scale.applyAsDouble(number.subtract(around)),
                    scale.applyAsDouble(number.add(around)));
        }
    }

    private static List<SpanField.Box> boxes(long key, Prefix prefix, Bounds bounds) {
        long low = Amounts.sortable(bounds.low());
        long value = Amounts.sortable(bounds.value());
        long high = Amounts.sortable(bounds.high());
        return switch (prefix) {
            case EQ -> List.of(new SpanField.Box(key, low, MAX, MIN, high - 1));
            case NE ->
                List.of(new SpanField.Box(key, MIN, low - 1, MIN, MAX), new SpanField.Box(key, MIN, MAX, high, MAX));
            case GT -> List.of(new SpanField.Box(key, MIN, MAX, value + 1, MAX));
            case GE -> List.of(new SpanField.Box(key, MIN, MAX, value, MAX));
            case LT -> List.of(new SpanField.Box(key, MIN, value - 1, MIN, MAX));
            case LE -> List.of(new SpanField.Box(key, MIN, value, MIN, MAX));
            case SA -> List.of(new SpanField.Box(key, value + 1, MAX, MIN, MAX));
            case EB -> List.of(new SpanField.Box(key, MIN, MAX, MIN, value - 1));
            case AP ->
                List.of(new SpanField.Box(
                        key, MIN, Amounts.sortable(bounds.far()), Amounts.sortable(bounds.near()), MAX));
        };
    }
}
