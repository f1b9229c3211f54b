package allmende.app.projects;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is to end while it is under way: deliveries that are being fetched, builds that are waiting or running. */
final class Stops {

    private final Set<String> deliveries = ConcurrentHashMap.newKeySet();
    private final Set<Long> builds = ConcurrentHashMap.newKeySet();

    /** Fetching of this delivery ends at its next piece. */
    void delivery(String id) {
        deliveries.add(id);
    }

    boolean hasDelivery(String id) {
        return deliveries.contains(id);
    }

    /** This build ends soon. */
    void build(long id) {
        builds.add(id);
    }

    boolean hasBuild(long id) {
        return builds.contains(id);
    }

    /** It has ended. */
    void ended(long build) {
        builds.remove(build);
    }
}
