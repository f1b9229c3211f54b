package allmende.engine.search;

import allmende.core.fhir.ResourceKey;
import java.util.List;

/** What the criteria of a conditional interaction select among the current resources. */
public sealed interface Matches {

    /**
     * These match.
     *
     * @param keys in the order in which the resources were first stored; at most as many as were asked for
     */
    record Keys(List<ResourceKey> keys) implements Matches {
        public Keys {
            keys = List.copyOf(keys);
        }
    }

    /** The criteria can't be carried out. */
    record Refused(List<Refusal> reasons) implements Matches {
        public Refused {
            reasons = List.copyOf(reasons);
        }
    }
}
