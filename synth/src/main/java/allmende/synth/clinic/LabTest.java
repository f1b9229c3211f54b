package allmende.synth.clinic;

import org.jspecify.annotations.Nullable;

/**
 * A laboratory test.
 *
 * @param number place in the table, from 0
 * @param id name in the resource files
 * @param loinc LOINC code
 * @param display English name
 * @param unit UCUM code; empty for tests with a coded result
 * @param decimals digits after the point
 * @param female what is normal in women
 * @param male what is normal in men
 */
public record LabTest(
        int number, String id, String loinc, String display, String unit, int decimals, Normal female, Normal male) {

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

    /** What is normal in one of the sexes. */
    public Normal normal(boolean isFemale) {
        return isFemale ? female : male;
    }

    /** Whether the result is "detected" or "not detected" rather than a number. */
    public boolean coded() {
        return unit.isEmpty();
    }
}
