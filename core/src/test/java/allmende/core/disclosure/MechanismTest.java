package allmende.core.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samplers draw from the distributions that they claim, and the tails are those of the distributions. */
final class MechanismTest {

    private static final int DRAWS = 40_000;

    /** Any fixed key: the draws are the same in every run. */
    private static final NoiseKey KEY = NoiseKey.of(new byte[NoiseKey.LENGTH]);

    @ParameterizedTest
    @ValueSource(longs = {50_000, 125_000, 250_000, 333_333, 500_000, 1_000_000, 2_500_000})
    void geometricNoiseHasItsDistribution(long microEpsilon) {
        double epsilon = microEpsilon / 1e6;
        double ratio = Math.exp(-epsilon);
        Distribution distribution = x -> (1 - ratio) / (1 + ratio) * Math.exp(-epsilon * Math.abs(x));
        check(new Mechanism.Geometric(microEpsilon), distribution);
    }

    @ParameterizedTest
    @ValueSource(longs = {300_000, 1_000_000, 7_250_000, 299_000_000})
    void gaussianNoiseHasItsDistribution(long microVariance) {
        double variance = microVariance / 1e6;
        double all = 0;
        for (int x = -2000; x <= 2000; x++) {
            all += Math.exp(-x * (double) x / (2 * variance));
        }
        double sum = all;
        check(new Mechanism.Gaussian(microVariance), x -> Math.exp(-x * (double) x / (2 * variance)) / sum);
    }

    private interface Distribution {
        double probability(long x);
    }

    /** Chi-square over the values that are expected at least ten times, the rest together in one class. */
    private static void check(Mechanism mechanism, Distribution distribution) {
        Map<Long, Integer> drawn = new HashMap<>();
        Noise noise = KEY.noise(new byte[] {1}, 7);
        for (int i = 0; i < DRAWS; i++) {
            drawn.merge(noise.of(mechanism, "draw " + i), 1, Integer::sum);
        }
        double chiSquare = 0;
        int classes = 0;
        double restExpected = DRAWS;
        int restDrawn = DRAWS;
        for (long x = -2000; x <= 2000; x++) {
            double expected = DRAWS * distribution.probability(x);
            if (expected >= 10) {
                int count = drawn.getOrDefault(x, 0);
                chiSquare += (count - expected) * (count - expected) / expected;
                restExpected -= expected;
                restDrawn -= count;
                classes++;
            }
        }
        if (restExpected > 1) {
            chiSquare += (restDrawn - restExpected) * (restDrawn - restExpected) / restExpected;
        }
        // chi-square with k degrees of freedom: mean k, variance 2k; 3.3 deviations are passed once in some thousand
        // keys
        assertThat(chiSquare).isLessThan(classes + 3.3 * Math.sqrt(2.0 * classes) + 3);
    }

    @Test
    void tailOfGeometricNoiseIsTheSmallestPossible() {
        for (long micro : new long[] {1000, 125_000, 250_000, 1_000_000, 5_000_000}) {
            for (double delta : new double[] {0.025, 1e-4, 1e-9}) {
                double epsilon = micro / 1e6;
                long m = new Mechanism.Geometric(micro).tail(delta);
                assertThat(geometricTail(epsilon, m)).isLessThanOrEqualTo(delta * (1 + 1e-9));
                if (m > 1) {
                    assertThat(geometricTail(epsilon, m - 1)).isGreaterThan(delta);
                }
            }
        }
    }

    private static double geometricTail(double epsilon, long m) {
        return Math.exp(-epsilon * m) / (1 + Math.exp(-epsilon));
    }

    @Test
    void tailOfGaussianNoiseIsThatOfTheNormalDistributionWhereItIsWide() {
        assertThat(new Mechanism.Gaussian(10_000_000_000L).tail(0.025)).isBetween(196L, 198L);
        assertThat(new Mechanism.Gaussian(10_000_000_000L).tail(1e-4)).isBetween(372L, 374L);
    }

    @Test
    void gaussianOfEpsilonAndDeltaMeetsTheConversionFromConcentratedPrivacy() {
        Mechanism.Gaussian mechanism = Mechanism.Gaussian.of(250_000, 1e-4);
        double rho = 1 / (2 * mechanism.microVariance() / 1e6);
        assertThat(rho + 2 * Math.sqrt(rho * Math.log(1e4)))
                .isCloseTo(0.25, within(1e-6))
                .isLessThanOrEqualTo(0.25);
    }

    @Test
    void declaredWidthCoversNinetyFivePercent() {
        for (Mechanism mechanism :
                new Mechanism[] {new Mechanism.Geometric(250_000), Mechanism.Gaussian.of(250_000, 1e-4)}) {
            Noise noise = KEY.noise(new byte[] {2}, 0);
            long width = mechanism.halfWidth();
            int inside = 0;
            for (int i = 0; i < DRAWS; i++) {
                inside += Math.abs(noise.of(mechanism, "draw " + i)) <= width ? 1 : 0;
            }
            assertThat(inside / (double) DRAWS).isBetween(0.948, 0.975);
        }
    }

    @Test
    void noiseFollowsFromKeySubjectSnapshotPlaceAndMechanismAndFromNothingElse() {
        Mechanism mechanism = new Mechanism.Geometric(10_000);
        NoiseKey other = NoiseKey.of(new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2
        });
        long noise = KEY.noise(new byte[] {1}, 5).of(mechanism, "total");
        assertThat(KEY.noise(new byte[] {1}, 5).of(mechanism, "total")).isEqualTo(noise);
        assertThat(other.noise(new byte[] {1}, 5).of(mechanism, "total")).isNotEqualTo(noise);
        assertThat(KEY.noise(new byte[] {2}, 5).of(mechanism, "total")).isNotEqualTo(noise);
        assertThat(KEY.noise(new byte[] {1}, 6).of(mechanism, "total")).isNotEqualTo(noise);
        assertThat(KEY.noise(new byte[] {1}, 5).of(mechanism, "totals")).isNotEqualTo(noise);
        assertThat(KEY.noise(new byte[] {1}, 5).of(new Mechanism.Geometric(10_001), "total"))
                .isNotEqualTo(noise);
    }
}
