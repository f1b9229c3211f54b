package allmende.engine.load;

import allmende.core.fhir.ResourceKey;
import allmende.engine.store.ResourceWrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the next transaction of the store will hold, and what a search by identifier will find once it is committed. The
 * index for searches is only made where somebody searches.
 */
final class Pending {

    private final List<Change> changes = new ArrayList<>();
    private final List<ResourceWrite> announced = new ArrayList<>();
    private @Nullable Index index;
    private long bytes;

    /**
     * A change and where it came from.
     *
     * @param transaction the unit that it can't be separated from; null where it stands for itself
     */
    record Change(
            ResourceWrite write,
            Input input,
            Place place,
            Raw raw,
            @Nullable Unit transaction) {}

    int size() {
        return changes.size();
    }

    long bytes() {
        return bytes;
    }

    List<Change> changes() {
        return List.copyOf(changes);
    }

    void add(Change change) {
        changes.add(change);
        bytes += size(change);
        if (index != null) {
            index.add(change.write());
        }
    }

    /** Lets searches find what will be added in a moment: the other entries of the same transaction. */
    void announce(ResourceWrite write) {
        announced.add(write);
        if (index != null) {
            index.add(write);
        }
    }

    /** Ends the transaction that was announced. */
    void endAnnouncement() {
        announced.clear();
    }

    /** Takes back the transaction that was announced and what was added of it. */
    void rollBackTo(int size) {
        while (changes.size() > size) {
            bytes -= size(changes.removeLast());
        }
        announced.clear();
        index = null;
    }

    void clear() {
        changes.clear();
        announced.clear();
        bytes = 0;
        index = null;
    }

    /** What the query will find, given what it finds in the store now. */
    Set<ResourceKey> match(ConditionalQuery query, List<ResourceKey> stored) {
        if (changes.isEmpty() && announced.isEmpty()) {
            return new LinkedHashSet<>(stored);
        }
        if (index == null) {
            index = new Index();
            changes.forEach(change -> index.add(change.write()));
            announced.forEach(index::add);
        }
        return index.match(query, stored);
    }

    private static long size(Change change) {
        byte[] body = change.write().body();
        return body == null ? 0 : body.length;
    }

    /** The newest change of each resource, and who carries an identifier. */
    private static final class Index {
        private final Map<ResourceKey, ResourceWrite> newest = new HashMap<>();
        private final Map<ResourceWrite.Identifier, Set<ResourceKey>> carriers = new HashMap<>();

        void add(ResourceWrite write) {
            newest.put(write.key(), write);
            for (ResourceWrite.Identifier identifier : write.identifiers()) {
                // by value alone, since a query may leave the system open
                carriers.computeIfAbsent(
                                new ResourceWrite.Identifier("", identifier.value()), value -> new LinkedHashSet<>())
                        .add(write.key());
            }
        }

        Set<ResourceKey> match(ConditionalQuery query, List<ResourceKey> stored) {
            Set<ResourceKey> result = new LinkedHashSet<>();
            for (ResourceKey key : stored) {
                if (!newest.containsKey(key)) {
                    result.add(key);
                }
            }
            for (ResourceKey key : carriers.getOrDefault(new ResourceWrite.Identifier("", query.value()), Set.of())) {
                ResourceWrite write = newest.get(key);
                if (write != null && key.type().equals(query.type()) && carries(write, query)) {
                    result.add(key);
                }
            }
            return result;
        }

        private static boolean carries(ResourceWrite write, ConditionalQuery query) {
            return write.identifiers().stream()
                    .anyMatch(identifier -> identifier.value().equals(query.value())
                            && (query.system().isEmpty() || identifier.system().equals(query.system())));
        }
    }
}
