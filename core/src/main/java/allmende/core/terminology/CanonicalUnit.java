package allmende.core.terminology;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A UCUM unit as what it measures and the conversion to base units, so that values in different units of one dimension can
 * be compared as numbers. Temperatures convert with their offset.
 */
public final class CanonicalUnit {

    /** Units that are remembered; data has some hundred, and a hostile sender must not fill the memory. */
    private static final int MAX_REMEMBERED = 20_000;

    private static final Map<String, Optional<CanonicalUnit>> REMEMBERED = new ConcurrentHashMap<>();

    private final UnitScale scale;
    private final String dimension;

    private CanonicalUnit(UnitScale scale) {
        this.scale = scale;
        this.dimension = new TreeMap<>(scale.dimensions()).toString();
    }

    /** The unit of a UCUM code; null where UCUM does not know it. */
    public static @Nullable CanonicalUnit of(String code) {
        Optional<CanonicalUnit> known = REMEMBERED.get(code);
        if (known == null) {
            known = Optional.ofNullable(UcumScales.scale(code)).map(CanonicalUnit::new);
            if (REMEMBERED.size() < MAX_REMEMBERED) {
                REMEMBERED.put(code, known);
            }
        }
        return known.orElse(null);
    }

    /** What it measures: the same text for all units of one dimension. */
    public String dimension() {
        return dimension;
    }

    /** A value in base units, to the precision of a double; equal values in different units give equal results. */
    public double canonical(BigDecimal value) {
        return Ratio.of(value)
                .times(scale.factor())
                .plus(scale.offset())
                .decimal()
                .doubleValue();
    }
}
