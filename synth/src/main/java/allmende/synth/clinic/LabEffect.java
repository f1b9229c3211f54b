package allmende.synth.clinic;

/**
 * What a disease does to a laboratory value.
 *
 * @param lab the test
 * @param mode how
 * @param low smallest effect among patients
 * @param high largest effect among patients
 * @param decay for acute effects: share by which the effect fades each day of treatment (as exponent)
 */
public record LabEffect(LabTest lab, Mode mode, double low, double high, double decay) {

    /** How a value is changed. */
    public enum Mode {
        /** The value lies in that range for as long as the disease lasts. */
        LEVEL,
        /** The value is multiplied for as long as the disease lasts. */
        TIMES,
        /** The amount is added for as long as the disease lasts. */
        PLUS,
        /** The value starts in that range when the patient is admitted for this disease, and returns to normal. */
        ACUTE,
        /** The amount is added when the patient is admitted for this disease, and fades. */
        ACUTE_PLUS
    }

    /** Whether the effect is there only while the patient is treated for this disease. */
    public boolean acute() {
        return mode == Mode.ACUTE || mode == Mode.ACUTE_PLUS;
    }
}
