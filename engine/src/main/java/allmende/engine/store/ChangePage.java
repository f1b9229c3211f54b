package allmende.engine.store;

import allmende.core.fhir.ResourceKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the change feed.
 *
 * @param t state reached after this page: read on from here
 * @param changes the resources that changed
 * @param last whether nothing newer was committed when the page was read
 */
public record ChangePage(long t, List<Change> changes, boolean last) {

    public ChangePage {
        changes = List.copyOf(changes);
    }

    /**
     * The newest state of a resource up to the page's {@code t}.
     *
     * @param rid the resource's number, stable over versions, dense over the store
     * @param patient the patient's number (dense, from 0), of the Patient itself or the one the resource belongs to;
     *     -1 for none
     * @param key the resource; its id is empty where it was erased
     * @param version version number, 1 for the first
     * @param known whether the resource had a version at or before the {@code afterT} that was asked for: false means
     *     that a reader who started at 0 and has read on from page to page can't have met it
     * @param t transaction of this version
     * @param body null where deleted or erased
     */
    public record Change(
            ResourceKey key, long rid, int patient, int version, boolean known, long t, byte @Nullable [] body) {}
}
