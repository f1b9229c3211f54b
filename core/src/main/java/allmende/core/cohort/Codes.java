package allmende.core.cohort;

import allmende.core.terminology.Units;
import java.math.BigDecimal;

/** Tells usable units and numbers from others. */
final class Codes {

    private static final Units UNITS = new Units();

    private Codes() {}

    /** Whether the unit is one of the Unified Code for Units of Measure. */
    static boolean isUcum(String unit) {
        return UNITS.convert(BigDecimal.ONE, unit, unit).isPresent();
    }
}
