package allmende.engine.store;

import java.util.List;

/**
 * A page of all versions in the order in which they were written.
 *
 * @param t state reached after this page: read on from here
 * @param versions in order of {@code (t, rid, number)}
 * @param last whether nothing newer was committed when the page was read
 */
public record VersionPage(long t, List<FeedVersion> versions, boolean last) {

    public VersionPage {
        versions = List.copyOf(versions);
    }
}
