package allmende.core.disclosure;

import java.math.BigInteger;

/** Unfair coins, exact: with whole numbers only. */
final class Coin {

    private Coin() {}

    /** True with probability exp(-n/d), for n ≥ 0 and d &gt; 0. */
    static boolean exp(RandomBits bits, BigInteger n, BigInteger d) {
        BigInteger[] parts = n.divideAndRemainder(d);
        // exp(-n/d) = exp(-1) · … · exp(-1) · exp(-rest); the first false decides, so even many factors end soon
        for (BigInteger i = BigInteger.ZERO; i.compareTo(parts[0]) < 0; i = i.add(BigInteger.ONE)) {
            if (!expOfFraction(bits, BigInteger.ONE, BigInteger.ONE)) {
                return false;
            }
        }
        return expOfFraction(bits, parts[1], d);
    }

    /** For n ≤ d: draws while a coin of probability n/(d·k) says so; an odd number of draws has probability exp(-n/d). */
    private static boolean expOfFraction(RandomBits bits, BigInteger n, BigInteger d) {
        int draws = 1;
        while (fraction(bits, n, d.multiply(BigInteger.valueOf(draws)))) {
            draws++;
        }
        return draws % 2 == 1;
    }

    /**
     * True with probability n/d: compares a uniform number of unlimited precision, bit by bit, with the binary digits of
     * n/d. Ends after two bits on average.
     */
    static boolean fraction(RandomBits bits, BigInteger n, BigInteger d) {
        if (n.compareTo(d) >= 0) {
            return true;
        }
        BigInteger rest = n;
        while (rest.signum() > 0) {
            rest = rest.shiftLeft(1);
            boolean digit = rest.compareTo(d) >= 0;
            if (digit) {
                rest = rest.subtract(d);
            }
            boolean bit = bits.next();
            if (bit != digit) {
                return digit;
            }
        }
        return false;
    }
}
