package allmende.core.disclosure;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Patients by age band and sex: bands 0–17, 18–29, then ten years each, 80 and older; sexes male, female, and any other
 * or unknown. Cells without a published number are 0. Immutable.
 */
public final class Strata {

    /** Youngest age of each band, in completed years. */
    public static final List<Integer> BANDS = List.of(0, 18, 30, 40, 50, 60, 70, 80);

    /** The sexes that are told apart, as FHIR administrative genders; the last one stands for all others. */
    public static final List<String> SEXES = List.of("male", "female", "other");

    /** Number of cells. */
    public static final int SIZE = BANDS.size() * SEXES.size();

    /** No published number at all. */
    public static final Strata NONE = new Strata(new int[0]);

    private final int[] patients;

    private Strata(int[] patients) {
        this.patients = patients;
    }

    /**
     * Takes a copy.
     *
     * @param patients by cell, see {@link #cell}; of length {@link #SIZE}, none negative
     */
    public static Strata of(int[] patients) {
        if (patients.length != SIZE || Arrays.stream(patients).anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("strata are " + SIZE + " numbers that are not negative");
        }
        return Arrays.stream(patients).allMatch(count -> count == 0) ? NONE : new Strata(patients.clone());
    }

    /** The cell of a band and a sex, both by their position in the lists. */
    public static int cell(int band, int sex) {
        return sex * BANDS.size() + band;
    }

    /** The cell of an age and a FHIR administrative gender. */
    public static int cell(int age, String sex) {
        int band = BANDS.size() - 1;
        while (band > 0 && age < BANDS.get(band)) {
            band--;
        }
        int position = SEXES.indexOf(sex);
        return cell(band, position < 0 ? SEXES.size() - 1 : position);
    }

    /** Oldest age of a band, inclusive; null for the last one. */
    public static @Nullable Integer lastAge(int band) {
        return band + 1 < BANDS.size() ? (Integer) (BANDS.get(band + 1) - 1) : null;
    }

    /** Published patients of a cell; 0 where there is no number. */
    public int patients(int cell) {
        return patients.length == 0 ? 0 : patients[cell];
    }

    /** All published patients. */
    public long sum() {
        return Arrays.stream(patients).asLongStream().sum();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Strata strata && Arrays.equals(patients, strata.patients);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(patients);
    }

    @Override
    public String toString() {
        return Arrays.toString(patients);
    }
}
