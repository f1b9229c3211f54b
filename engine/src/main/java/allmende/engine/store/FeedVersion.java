package allmende.engine.store;

import allmende.core.fhir.ResourceKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version as {@link Store#versions} tells it.
 *
 * @param key the resource; its id is empty where it was erased
 * @param rid the resource's number, stable over versions
 * @param number version number, 1 for the first
 * @param t transaction that wrote it
 * @param at when that transaction was committed
 * @param body null where it is a deletion or an erasure
 */
public record FeedVersion(ResourceKey key, long rid, int number, long t, Instant at, byte @Nullable [] body) {

    /** Whether the resource was erased: nothing of it may stay anywhere. */
    public boolean isErasure() {
        return key.id().isEmpty();
    }
}
