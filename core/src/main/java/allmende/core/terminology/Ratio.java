package allmende.core.terminology;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** A fraction of whole numbers in lowest terms; the denominator is positive. */
record Ratio(BigInteger numerator, BigInteger denominator) {

    static final Ratio ZERO = new Ratio(BigInteger.ZERO, BigInteger.ONE);
    static final Ratio ONE = new Ratio(BigInteger.ONE, BigInteger.ONE);

    private static final BigInteger FIVE = BigInteger.valueOf(5);

    static Ratio of(BigDecimal number) {
        BigInteger digits = number.unscaledValue();
        return number.scale() >= 0
                ? reduced(digits, BigInteger.TEN.pow(number.scale()))
                : new Ratio(digits.multiply(BigInteger.TEN.pow(-number.scale())), BigInteger.ONE);
    }

    boolean isZero() {
        return numerator.signum() == 0;
    }

    Ratio times(Ratio other) {
        return reduced(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    /** The quotient; {@code other} is not 0. */
    Ratio over(Ratio other) {
        return reduced(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    Ratio plus(Ratio other) {
        return reduced(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Ratio minus(Ratio other) {
        return plus(new Ratio(other.numerator.negate(), other.denominator));
    }

    /** The power; a negative exponent needs a number other than 0. */
    Ratio power(int exponent) {
        int size = Math.abs(exponent);
        return exponent < 0
                ? reduced(denominator.pow(size), numerator.pow(size))
                : new Ratio(numerator.pow(size), denominator.pow(size));
    }

    /** The decimal number without trailing zeros behind the point; rounded to 34 digits where its digits never end. */
    BigDecimal decimal() {
        int twos = denominator.getLowestSetBit();
        BigInteger rest = denominator.shiftRight(twos);
        int fives = 0;
        for (BigInteger[] split = rest.divideAndRemainder(FIVE);
                split[1].signum() == 0;
                split = rest.divideAndRemainder(FIVE)) {
            rest = split[0];
            fives++;
        }
        BigDecimal dividend = new BigDecimal(numerator);
        BigDecimal divisor = new BigDecimal(denominator);
        BigDecimal exact = rest.equals(BigInteger.ONE)
                ? dividend.setScale(Math.max(twos, fives)).divide(divisor, RoundingMode.UNNECESSARY)
                : dividend.divide(divisor, MathContext.DECIMAL128);
        BigDecimal stripped = exact.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static Ratio reduced(BigInteger numerator, BigInteger denominator) {
        BigInteger common = numerator.gcd(denominator);
        BigInteger signed = denominator.signum() < 0 ? common.negate() : common;
        return new Ratio(numerator.divide(signed), denominator.divide(signed));
    }
}
