package allmende.synth.clinic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Contacts with the hospital that a disease entails.
 *
 * @param setting where
 * @param timing when
 * @param share share of patients to whom this happens at all
 * @param days length of a stay, lowest and highest
 * @param department other department than that of the disease
 * @param emergency share of contacts that are emergencies
 * @param intensive share of stays with days in intensive care
 * @param ventilated share of those in intensive care who are ventilated
 * @param labs tests on arrival
 * @param monitoring tests while the patient stays
 * @param every days between two rounds of monitoring
 * @param procedures what is done
 * @param codes further ICD-10-GM codes that belong to such a contact
 */
public record Care(
        Setting setting,
        Timing timing,
        double share,
        Range days,
        @Nullable String department,
        double emergency,
        double intensive,
        double ventilated,
        List<LabTest> labs,
        List<LabTest> monitoring,
        int every,
        List<Intervention> procedures,
        List<String> codes) {

    /** Where a patient is treated. */
    public enum Setting {
        /** In a bed, overnight. */
        STAY,
        /** In the outpatient clinic. */
        VISIT,
        /** For a day, without a night: chemotherapy, dialysis. */
        DAY_CASE
    }

    /**
     * Lowest and highest, both inclusive.
     *
     * @param low lowest
     * @param high highest
     */
    public record Range(int low, int high) {}

    /** When contacts happen. */
    public sealed interface Timing {

        /**
         * Again and again, as long as the disease lasts.
         *
         * @param perYear how often on average
         */
        record Yearly(double perYear) implements Timing {}

        /**
         * Some time after onset, perhaps several times in regular distance.
         *
         * @param after days after onset
         * @param count how often
         * @param every days between
         */
        record Planned(Range after, Range count, int every) implements Timing {}
    }

    /**
     * Something that is done to a patient.
     *
     * @param ops OPS code
     * @param share share of contacts in which it is done
     * @param sided whether a side of the body belongs to it
     * @param tissue ICD-O-3 topography of tissue that is taken for the biobank; null: none
     */
    public record Intervention(
            String ops,
            double share,
            boolean sided,
            @Nullable String tissue) {}
}
