package allmende.core.disclosure;

import java.math.BigInteger;
import java.util.Locale;

/**
 * Noise of whole numbers, symmetric around 0, for counts that one patient changes by at most 1. Sampled exactly, with
 * whole numbers only: no floating-point number is involved, so none of the known attacks on its low bits apply. After
 * Canonne, Kamath, Steinke, "The Discrete Gaussian for Differential Privacy", 2020, algorithms 1 to 3.
 */
sealed interface Mechanism {

    /** ε and variances are kept in millionths. */
    long MILLION = 1_000_000;

    /** Its kind and parameters, in words that no other mechanism has. */
    String name();

    /** Draws one number. */
    long sample(RandomBits bits);

    /** The smallest {@code m} of at least 1 with P(noise ≥ m) ≤ {@code probability}. */
    long tail(double probability);

    /** Half the width of the 95 % interval: the smallest {@code w} with P(|noise| &gt; w) ≤ 0.05. */
    default long halfWidth() {
        return tail(0.025) - 1;
    }

    /** The rules' mechanism with this ε. */
    static Mechanism of(DisclosureRules rules, long microEpsilon) {
        return switch (rules.mechanism()) {
            case GEOMETRIC -> new Geometric(microEpsilon);
            case DISCRETE_GAUSSIAN -> Gaussian.of(microEpsilon, rules.delta());
        };
    }

    /**
     * The two-sided geometric mechanism (discrete Laplace): P(x) in proportion to exp(-ε|x|). ε-differentially private.
     *
     * @param microEpsilon ε in millionths, at least 1
     */
    record Geometric(long microEpsilon) implements Mechanism {

        public Geometric {
            if (microEpsilon < 1) {
                throw new IllegalArgumentException("ε is positive");
            }
        }

        @Override
        public String name() {
            return "geometric " + microEpsilon;
        }

        @Override
        public long sample(RandomBits bits) {
            long divisor = gcd(microEpsilon, MILLION);
            return laplace(bits, microEpsilon / divisor, MILLION / divisor);
        }

        @Override
        public long tail(double probability) {
            double epsilon = microEpsilon / (double) MILLION;
            double ratio = Math.exp(-epsilon);
            return Math.max(1, (long) Math.ceil(-Math.log(probability * (1 + ratio)) / epsilon));
        }
    }

    /**
     * The discrete Gaussian: P(x) in proportion to exp(-x²/2σ²). With σ² = 1/2ρ it is ρ-concentrated differentially
     * private, hence (ρ + 2√(ρ ln(1/δ)), δ)-differentially private.
     *
     * @param microVariance σ² in millionths, at least 1
     */
    record Gaussian(long microVariance) implements Mechanism {

        public Gaussian {
            if (microVariance < 1) {
                throw new IllegalArgumentException("a variance is positive");
            }
        }

        /** The one that is (ε, δ)-differentially private, ε in millionths; the variance is rounded up. */
        static Gaussian of(long microEpsilon, double delta) {
            double log = -Math.log(delta);
            double root = Math.sqrt(microEpsilon / (double) MILLION + log) - Math.sqrt(log);
            return new Gaussian((long) Math.ceil(MILLION / (2 * root * root)));
        }

        @Override
        public String name() {
            return String.format(Locale.ROOT, "discrete-gaussian %d", microVariance);
        }

        @Override
        public long sample(RandomBits bits) {
            BigInteger a = BigInteger.valueOf(microVariance);
            BigInteger b = BigInteger.valueOf(MILLION);
            BigInteger t = a.divide(b).sqrt().add(BigInteger.ONE);
            BigInteger denominator = a.multiply(b).multiply(t).multiply(t).shiftLeft(1);
            while (true) {
                long candidate = laplace(bits, 1, t.longValueExact());
                // (|y| - σ²/t)² / 2σ², multiplied out for σ² = a/b
                BigInteger distance = BigInteger.valueOf(Math.abs(candidate))
                        .multiply(t)
                        .multiply(b)
                        .subtract(a);
                if (Coin.exp(bits, distance.multiply(distance), denominator)) {
                    return candidate;
                }
            }
        }

        @Override
        public long tail(double probability) {
            double variance = microVariance / (double) MILLION;
            int reach = (int) Math.ceil(Math.sqrt(variance) * 40) + 2;
            double all = 1;
            for (int x = 1; x <= reach; x++) {
                all += 2 * weight(x, variance);
            }
            double above = 0;
            int m = reach;
            while (m > 1 && above + weight(m, variance) <= probability * all) {
                above += weight(m, variance);
                m--;
            }
            return above + weight(m, variance) <= probability * all ? m : m + 1L;
        }

        private static double weight(int x, double variance) {
            return Math.exp(-(double) x * x / (2 * variance));
        }
    }

    /** Discrete Laplace noise with P(x) in proportion to exp(-|x| s/t). */
    private static long laplace(RandomBits bits, long s, long t) {
        BigInteger scale = BigInteger.valueOf(t);
        while (true) {
            long remainder = bits.below(t);
            if (!Coin.exp(bits, BigInteger.valueOf(remainder), scale)) {
                continue;
            }
            long whole = 0;
            while (Coin.exp(bits, BigInteger.ONE, BigInteger.ONE)) {
                whole++;
            }
            long magnitude = (remainder + t * whole) / s;
            boolean negative = bits.next();
            // 0 would otherwise be drawn with either sign, so twice as often as it should
            if (!negative || magnitude != 0) {
                return negative ? -magnitude : magnitude;
            }
        }
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
