package allmende.engine.load;

import allmende.engine.store.ResourceWrite;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A resource on its way into the store, or what is to be set aside. */
sealed interface Item {

    /** Where in its input. */
    Place place();

    /** Its bytes as they came. */
    Raw raw();

    /**
     * A resource that is fine as far as it can be told without the store.
     *
     * @param body what is to be stored; null for deletions
     */
    record Ready(
            Place place, Raw raw, Action action, @Nullable Body body) implements Item {}

    /**
     * What is to be set aside.
     *
     * @param resources how many resources it counts for
     */
    record Bad(Place place, Raw raw, Rejection rejection, int resources) implements Item {}

    /**
     * A resource as it shall be stored.
     *
     * @param json compact
     * @param patientId whom it speaks of
     * @param open references that search by identifier and are still to be replaced in {@code json}
     */
    record Body(
            byte[] json,
            @Nullable String patientId,
            List<ResourceWrite.Identifier> identifiers,
            Set<ConditionalQuery> open) {}
}
