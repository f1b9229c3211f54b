package allmende.engine.extract;

import allmende.core.extraction.ExtractPlan;
import allmende.core.extraction.GroupPlan;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.ResourceKey;
import allmende.engine.store.BulkRead;
import allmende.engine.store.BulkRead.Owned;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * What is known of resources of no patient to which patients' resources refer: of which groups they are, and to what they
 * refer in turn. Their content is not kept, so that many fit. Thread-safe.
 */
final class SharedPool {

    /** Some 200 bytes each. */
    private static final int KEPT_MAX = 200_000;

    private final ExtractPlan plan;
    private final BulkRead bulk;
    private final long t;
    private final Addresses addresses;
    private final Map<ResourceKey, Optional<Entry>> known = new ConcurrentHashMap<>();

    SharedPool(ExtractPlan plan, BulkRead bulk, long t, Addresses addresses) {
        this.plan = plan;
        this.bulk = bulk;
        this.t = t;
        this.addresses = addresses;
    }

    /** A link of a shared resource, as a member of a group. */
    record Link(int group, int field, ResourceKey target) {}

    /** Groups that the resource is of, and its links. */
    record Entry(List<Integer> groups, List<Link> links) {
        boolean isOf(int group) {
            return groups.contains(group);
        }
    }

    /** What is known of these and of all that they lead to; those that don't exist or belong to a patient are left out. */
    Map<ResourceKey, Entry> load(Collection<ResourceKey> keys) {
        Map<ResourceKey, Entry> found = new HashMap<>();
        Set<ResourceKey> seen = new HashSet<>();
        List<ResourceKey> next = new ArrayList<>(keys);
        while (!next.isEmpty()) {
            List<ResourceKey> unknown = new ArrayList<>();
            for (ResourceKey key : next) {
                if (seen.add(key) && !plan.of(key.type()).isEmpty() && !known.containsKey(key)) {
                    unknown.add(key);
                }
            }
            Map<ResourceKey, Optional<Entry>> fresh = read(unknown);
            List<ResourceKey> further = new ArrayList<>();
            for (ResourceKey key : next) {
                Optional<Entry> entry = fresh.getOrDefault(key, known.getOrDefault(key, Optional.empty()));
                entry.ifPresent(there -> {
                    if (found.putIfAbsent(key, there) == null) {
                        there.links().stream()
                                .map(Link::target)
                                .filter(target -> !seen.contains(target))
                                .forEach(further::add);
                    }
                });
            }
            next = further;
        }
        return found;
    }

    private Map<ResourceKey, Optional<Entry>> read(List<ResourceKey> keys) {
        Map<ResourceKey, Optional<Entry>> read = new HashMap<>();
        if (keys.isEmpty()) {
            return read;
        }
        keys.forEach(key -> read.put(key, Optional.empty()));
        for (Owned owned : bulk.all(keys, t)) {
            if (owned.patient() == null) {
                read.put(owned.key(), Optional.of(entry(owned.key().type(), FhirJson.parse(owned.body()))));
            }
        }
        if (known.size() > KEPT_MAX) {
            known.clear();
        }
        known.putAll(read);
        return read;
    }

    /** What there is to know of a resource of no patient. */
    Entry entry(String type, JsonNode resource) {
        List<Integer> groups = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        for (GroupPlan group : plan.of(type)) {
            if (resource.path("modifierExtension").isEmpty()
                    && group.claimedBy(resource)
                    && group.refuses(resource) == null) {
                groups.add(group.index());
                group.links(resource, (field, literal) -> {
                    ResourceKey target = addresses.key(literal);
                    if (target != null) {
                        links.add(new Link(group.index(), field, target));
                    }
                });
            }
        }
        return new Entry(List.copyOf(groups), List.copyOf(links));
    }
}
