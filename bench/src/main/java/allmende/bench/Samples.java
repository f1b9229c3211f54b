package allmende.bench;

import java.util.Arrays;
import java.util.Locale;

/** Repeated measurements of one figure. */
record Samples(double[] values) {

    static Samples of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Samples(sorted);
    }

    /** The middle value; of an even number of values the mean of the two middle ones. */
    double median() {
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }

    /** The least value that so much of all values does not exceed; {@code share} is between 0 and 1. */
    double at(double share) {
        return values[Math.clamp((int) Math.ceil(share * values.length) - 1, 0, values.length - 1)];
    }

    /** "median (smallest–largest)". */
    String show() {
        return String.format(
                Locale.ROOT, "%s (%s–%s)", number(median()), number(values[0]), number(values[values.length - 1]));
    }

    private static String number(double value) {
        return value >= 100
                ? String.format(Locale.ROOT, "%,.0f", value)
                : value >= 1 ? String.format(Locale.ROOT, "%.1f", value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
