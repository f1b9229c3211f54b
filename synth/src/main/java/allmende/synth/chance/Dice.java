package allmende.synth.chance;

import java.util.List;

/**
 * A reproducible source of chance. The same seed and stream give the same throws on every machine: the generator is
 * SplitMix64 (Steele, Lea, Flood 2014) and transcendental functions come from {@link StrictMath}.
 */
public final class Dice {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    private Dice(long state) {
        this.state = state;
    }

    /** Dice for one stream, for example one patient, independent of every other stream of the same seed. */
    public static Dice of(long seed, long stream) {
        return new Dice(mix(mix(seed + GOLDEN) ^ mix(stream * GOLDEN + 1)));
    }

    /** Dice that go their own way from here, so that one subject's throws do not move those of another. */
    public Dice fork() {
        return new Dice(mix(bits()));
    }

    /** 64 random bits. */
    public long bits() {
        state += GOLDEN;
        return mix(state);
    }

    /** A number in [0, 1). */
    public double unit() {
        return (bits() >>> 11) * 0x1.0p-53;
    }

    /** A whole number in [0, bound); {@code bound} is at least 1. */
    public int below(int bound) {
        return (int) (unit() * bound);
    }

    /** A whole number in [low, high], both inclusive. */
    public int between(int low, int high) {
        return low + below(high - low + 1);
    }

    /** A number in [low, high). */
    public double within(double low, double high) {
        return low + unit() * (high - low);
    }

    /** Whether something of the given probability happens. */
    public boolean chance(double probability) {
        return unit() < probability;
    }

    /** One of the elements, all equally likely. */
    public <T> T pick(List<T> elements) {
        return elements.get(below(elements.size()));
    }

    /** A standard normal number (polar method). */
    public double normal() {
        double u;
        double s;
        do {
            u = 2 * unit() - 1;
            double v = 2 * unit() - 1;
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        return u * Math.sqrt(-2 * StrictMath.log(s) / s);
    }

    /** How often something happens that is expected {@code mean} times (Poisson), at most 1,000 times. */
    public int times(double mean) {
        double limit = StrictMath.exp(-mean);
        double product = unit();
        int count = 0;
        while (product > limit && count < 1000) {
            product *= unit();
            count++;
        }
        return count;
    }

    /** A waiting time with the given mean (exponential distribution). */
    public double waiting(double mean) {
        return -mean * StrictMath.log(1 - unit());
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
