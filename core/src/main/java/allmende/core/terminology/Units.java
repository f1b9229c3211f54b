package allmende.core.terminology;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Converts between units of measure of UCUM (Unified Code for Units of Measure), exactly: factors are fractions of whole
 * numbers, derived from UCUM's own definitions.
 *
 * <ul>
 *   <li>Units must be written as UCUM codes, case-sensitive: {@code mm[Hg]}, not {@code mmHg}. Annotations count for
 *       nothing: {@code {cells}/uL} is {@code /uL}, {@code mL/min/{1.73_m2}} is {@code mL/min}, {@code {score}} is 1.
 *   <li>Temperatures ({@code Cel}, {@code [degF]}, {@code [degRe]}, {@code K}) convert with their offset, where they stand
 *       alone.
 *   <li>Arbitrary units ({@code [iU]}), {@code mol}, and units on a logarithmic scale ({@code [pH]}, {@code dB}) each
 *       measure something of their own: {@code mmol/L} becomes {@code umol/L} but neither {@code mg/dL}, which would need
 *       the substance, nor a bare number, which UCUM would allow. {@code eq} and {@code osm} are {@code mol}, as in UCUM.
 *   <li>Text that UCUM does not know still equals itself: {@code IE/l} converts to {@code IE/l}.
 * </ul>
 *
 * Thread-safe; remembers the pairs it has met. The definitions are read by {@link #prepare} or when the first
 * unit is asked for.
 */
public final class Units {

    /** Decimal places, in either direction, beyond which a number is taken for damage. */
    private static final int MAX_SCALE = 400;

    /** Pairs that are remembered; data has some hundred, and a hostile sender must not fill the memory. */
    private static final int MAX_REMEMBERED = 20_000;

    private final Map<Pair, Optional<Conversion>> remembered = new ConcurrentHashMap<>();

    private record Pair(String from, String to) {}

    /** {@code to = from × factor + offset}. */
    private record Conversion(Ratio factor, Ratio offset) {}

    /**
     * The value in the other unit. Exact wherever the result can be written as a decimal number, else rounded to 34
     * significant digits (a third).
     *
     * @return empty where a unit is unknown or the two measure different things
     */
    public Optional<BigDecimal> convert(BigDecimal value, String from, String to) {
        if (from.equals(to)) {
            return Optional.of(value);
        }
        if (Math.abs((long) value.scale()) > MAX_SCALE) {
            return Optional.empty();
        }
        return conversion(from, to).map(conversion -> Ratio.of(value)
                .times(conversion.factor())
                .plus(conversion.offset())
                .decimal());
    }

    /** Reads the definitions now, so that the first question with a unit does not wait for it. */
    public static void prepare() {
        UcumScales.scale("1");
    }

    /** Whether the unit is one of UCUM. */
    public boolean knows(String unit) {
        return UcumScales.scale(unit) != null;
    }

    /** Whether values of the one unit can be converted into the other. */
    public boolean convertible(String from, String to) {
        return from.equals(to) || conversion(from, to).isPresent();
    }

    private Optional<Conversion> conversion(String from, String to) {
        Pair pair = new Pair(from, to);
        Optional<Conversion> known = remembered.get(pair);
        if (known != null) {
            return known;
        }
        Optional<Conversion> derived = Optional.ofNullable(derive(from, to));
        if (remembered.size() < MAX_REMEMBERED) {
            remembered.put(pair, derived);
        }
        return derived;
    }

    private static @Nullable Conversion derive(String from, String to) {
        UnitScale source = UcumScales.scale(from);
        UnitScale target = UcumScales.scale(to);
        if (source == null || target == null || !source.dimensions().equals(target.dimensions())) {
            return null;
        }
        Ratio factor = source.factor().over(target.factor());
        Ratio offset = source.offset().minus(target.offset()).over(target.factor());
        return new Conversion(factor, offset);
    }
}
