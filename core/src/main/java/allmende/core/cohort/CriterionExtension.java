package allmende.core.cohort;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a criterion asks beyond CCDL, written as its property {@code allmende}. All parts that are given must hold
 * together; docs/implementation/query-extension.md says what they mean.
 *
 * @param atLeast how many different resources must match, from 2 to {@link #MAX_TIMES}; null for one
 * @param position which of the patient's resources the value filter looks at; null for any
 * @param within how close to a resource of another criterion; null where not restricted
 */
public record CriterionExtension(
        @Nullable Integer atLeast,
        @Nullable Position position,
        @Nullable Within within) {

    /** Asks for nothing beyond CCDL. */
    public static final CriterionExtension NONE = new CriterionExtension(null, null, null);

    /** The largest number of resources that a query may ask for. */
    public static final int MAX_TIMES = 10_000;

    /** Whether nothing is asked for. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** The features that this makes use of. */
    public Set<Feature> features() {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        if (atLeast != null) {
            features.add(Feature.AT_LEAST);
        }
        if (position != null) {
            features.add(Feature.POSITION);
        }
        if (within != null) {
            features.add(Feature.WITHIN);
        }
        return features;
    }
}
