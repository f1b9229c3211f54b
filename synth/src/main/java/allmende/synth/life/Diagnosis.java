package allmende.synth.life;

/**
 * A diagnosis as coded in one contact.
 *
 * @param icd ICD-10-GM code
 * @param text what a physician would write
 * @param side R, L or empty
 * @param recorded minute of coding
 * @param onset day on which the disease began
 * @param precision how exactly that day is known
 * @param certainty how sure the diagnosis is
 * @param resolved whether it is over at the end of the contact
 */
public record Diagnosis(
        String icd,
        String text,
        String side,
        long recorded,
        int onset,
        Precision precision,
        Certainty certainty,
        boolean resolved) {

    /** How exactly a date is known. */
    public enum Precision {
        YEAR,
        MONTH,
        DAY
    }

    /** How sure a diagnosis is. */
    public enum Certainty {
        CONFIRMED,
        SUSPECTED
    }
}
