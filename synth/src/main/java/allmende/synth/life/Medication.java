package allmende.synth.life;

import allmende.synth.clinic.Drug;

/**
 * A drug ordered, given or taken.
 *
 * @param kind which of the three
 * @param drug what
 * @param start when ordered, given, or taken since
 * @param end until when; {@link Long#MAX_VALUE}: still
 * @param shared whether the hospital's shared Medication is referred to, else the drug is named in place
 * @param order for a drug given: place of the order among the contact's medications; -1: none
 */
public record Medication(Kind kind, Drug drug, long start, long end, boolean shared, int order) {

    /** Ordered, given or taken at home. */
    public enum Kind {
        REQUEST,
        ADMINISTRATION,
        STATEMENT
    }
}
