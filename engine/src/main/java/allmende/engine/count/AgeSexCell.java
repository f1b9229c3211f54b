package allmende.engine.count;

import org.jspecify.annotations.Nullable;

/**
 * How many patients of a cohort are of an age and a sex.
 *
 * @param ageFrom youngest age in completed years; {@link #UNKNOWN_AGE} where no date of birth is known, or one in the future
 * @param ageTo oldest age in completed years; null for the oldest, and for unknown ages
 * @param sex {@code female}, {@code male}, {@code other} or {@code unknown}: FHIR's administrative gender; {@code unknown}
 *     also where the patient has none
 * @param patients how many
 */
public record AgeSexCell(int ageFrom, @Nullable Integer ageTo, String sex, long patients) {

    /** Stands for an age that is not known. */
    public static final int UNKNOWN_AGE = -1;
}
