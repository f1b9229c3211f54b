package allmende.engine.store;

import allmende.core.fhir.ResourceKey;
import java.time.Instant;
import java.util.List;

/** What became of writes with expectations. */
public sealed interface WriteResult {

    /**
     * Written, all of it.
     *
     * @param at when; for unchanged resources that is not when their version was written
     * @param versions the number of each write's version, in order; for a deletion of what is not there, that of the last
     *     deletion, or 0
     */
    record Written(Commit commit, Instant at, List<Integer> versions) implements WriteResult {
        public Written {
            versions = List.copyOf(versions);
        }
    }

    /**
     * Nothing was written.
     *
     * @param key a resource that is not as it was expected to be
     * @param version its current version's number; 0 where it is not there
     */
    record Unmet(ResourceKey key, int version) implements WriteResult {}
}
