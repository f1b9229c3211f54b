package allmende.core.terminology;

import java.util.HashMap;
import java.util.Map;

/**
 * What a unit measures and on which scale: {@code value in base units = value × factor + offset}.
 *
 * @param dimensions exponent by base unit; none is 0
 */
record UnitScale(Ratio factor, Ratio offset, Map<String, Integer> dimensions) {

    /** The number 1. */
    static final UnitScale ONE = number(Ratio.ONE);

    UnitScale {
        dimensions = Map.copyOf(dimensions);
    }

    static UnitScale number(Ratio factor) {
        return new UnitScale(factor, Ratio.ZERO, Map.of());
    }

    static UnitScale base(String code) {
        return new UnitScale(Ratio.ONE, Ratio.ZERO, Map.of(code, 1));
    }

    boolean hasOffset() {
        return !offset.isZero();
    }

    UnitScale scaled(Ratio by) {
        return new UnitScale(factor.times(by), offset, dimensions);
    }

    /** The product; neither has an offset. */
    UnitScale times(UnitScale other) {
        Map<String, Integer> sum = new HashMap<>(dimensions);
        other.dimensions.forEach((base, exponent) -> sum.merge(base, exponent, UnitScale::sumOrGone));
        return new UnitScale(factor.times(other.factor), Ratio.ZERO, sum);
    }

    /** The power; there is no offset. */
    UnitScale power(int exponent) {
        Map<String, Integer> product = new HashMap<>();
        if (exponent != 0) {
            dimensions.forEach((base, one) -> product.put(base, one * exponent));
        }
        return new UnitScale(factor.power(exponent), Ratio.ZERO, product);
    }

    // Map.merge takes an entry out when the function answers null
    @SuppressWarnings("NullAway")
    private static Integer sumOrGone(int one, int other) {
        return one + other == 0 ? null : one + other;
    }
}
