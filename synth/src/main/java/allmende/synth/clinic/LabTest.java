package allmende.synth.clinic;

import org.jspecify.annotations.Nullable;

/**
 * A laboratory test.
 *
 * @param number place in the table, from 0
 * @param id name in the resource files
 * @param conventional how it is usually reported
 * @param si how it is reported by the international system of units; null where that is the same
 * @param female what is normal in women
 * @param male what is normal in men
 */
public record LabTest(
        int number,
        String id,
        Report conventional,
        @Nullable Report si,
        Normal female,
        Normal male) {

    /**
     * How a result is reported.
     *
     * @param loinc LOINC code
     * @param display English name
     * @param unit UCUM code; empty for tests with a coded result
     * @param decimals digits after the point
     * @param factor what the conventional value is multiplied by
     */
    public record Report(String loinc, String display, String unit, int decimals, double factor) {

        /** The value as reported, times 10 to the power of these decimals, from the conventional one with its own. */
        public long scaled(long conventional, int conventionalDecimals) {
            return factor == 1 && decimals == conventionalDecimals
                    ? conventional
                    : Math.round(conventional * factor * StrictMath.pow(10, decimals - conventionalDecimals));
        }
    }

    /**
     * What is normal.
     *
     * @param median middle of the healthy
     * @param spread standard deviation of the logarithm among the healthy
     * @param low lower limit of reference, if there is one
     * @param high upper limit of reference, if there is one
     */
    public record Normal(
            double median,
            double spread,
            @Nullable Double low,
            @Nullable Double high) {}

    /** How the test is reported, by the international system of units if that is asked for and makes a difference. */
    public Report report(boolean international) {
        return international && si != null ? si : conventional;
    }

    /** Digits after the point of the conventional value, in which the model reckons. */
    public int decimals() {
        return conventional.decimals();
    }

    /** What is normal in one of the sexes. */
    public Normal normal(boolean isFemale) {
        return isFemale ? female : male;
    }

    /** Whether the result is "detected" or "not detected" rather than a number. */
    public boolean coded() {
        return conventional.unit().isEmpty();
    }
}
