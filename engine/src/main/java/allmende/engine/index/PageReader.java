package allmende.engine.index;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.ContextDefinition;
import allmende.core.cohort.FactExtractor;
import allmende.core.cohort.ResourceFacts;
import allmende.core.cohort.ResourceResolver;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.ResourceKey;
import allmende.engine.store.ChangePage.Change;
import allmende.engine.store.Store;
import allmende.engine.store.StoredVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the resources of a page: parses them on both cores and extracts their facts. Other resources that facts need (a
 * prescription's Medication) are taken from the page, from a cache, or fetched from the store for all at once.
 */
final class PageReader {

    /** Most parsed resources that are kept at hand for others that point to them. */
    static final int CACHED_RESOURCES = 20_000;

    /** A change and what its resource says; no facts where it was deleted. */
    record Read(Change change, @Nullable ResourceFacts facts) {

        /** The same without the resource's bytes, to be kept in greater numbers. */
        Read withoutBody() {
            return new Read(
                    new Change(
                            change.key(),
                            change.rid(),
                            change.patient(),
                            change.version(),
                            change.known(),
                            change.t(),
                            null),
                    facts);
        }
    }

    private final Store store;
    private final FactExtractor extractor;
    private final Set<String> factTypes;
    private final Set<String> consultedTypes;
    private final Map<ResourceKey, JsonNode> cache = new ConcurrentHashMap<>();

    PageReader(Store store, Catalogue catalogue) {
        this.store = store;
        this.extractor = new FactExtractor(catalogue);
        this.factTypes = catalogue.contexts().values().stream()
                .map(ContextDefinition::resourceType)
                .collect(Collectors.toUnmodifiableSet());
        this.consultedTypes = catalogue.contexts().values().stream()
                .flatMap(context -> context.facts().stream())
                .map(rule -> rule.term())
                .filter(ContextDefinition.TermSource.Referenced.class::isInstance)
                .map(term -> ((ContextDefinition.TermSource.Referenced) term).type())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether resources of this type are consulted by others. */
    boolean isConsulted(String type) {
        return consultedTypes.contains(type);
    }

    /** Reads changes; what they point to is seen as it was at {@code t}. */
    List<Read> read(Collection<Change> changes, long t) {
        renewCache(changes);
        Set<ResourceKey> absent = ConcurrentHashMap.newKeySet();
        Set<ResourceKey> missed = ConcurrentHashMap.newKeySet();
        Map<Long, Read> reads = new HashMap<>(changes.size() * 2);
        extract(changes, absent, missed).forEach(read -> reads.put(read.change().rid(), read));
        while (!missed.isEmpty()) {
            fetch(missed, t, absent);
            List<Change> again = changes.stream()
                    .filter(change -> consults(reads.get(change.rid()), missed))
                    .toList();
            missed.clear();
            extract(again, absent, missed)
                    .forEach(read -> reads.put(read.change().rid(), read));
        }
        List<Read> inOrder = new ArrayList<>(changes.size());
        for (Change change : changes) {
            Read read = reads.get(change.rid());
            inOrder.add(read == null ? new Read(change, null) : read);
        }
        return inOrder;
    }

    private static boolean consults(@Nullable Read read, Set<ResourceKey> keys) {
        return read != null
                && read.facts() != null
                && read.facts().consulted().stream().anyMatch(keys::contains);
    }

    private void renewCache(Collection<Change> changes) {
        if (cache.size() > CACHED_RESOURCES) {
            cache.clear();
        }
        for (Change change : changes) {
            if (change.key().id().isEmpty()) {
                cache.clear();
            } else if (isConsulted(change.key().type())) {
                if (change.body() == null) {
                    cache.remove(change.key());
                } else {
                    cache.put(change.key(), FhirJson.parse(change.body()));
                }
            }
        }
    }

    private List<Read> extract(Collection<Change> changes, Set<ResourceKey> absent, Set<ResourceKey> missed) {
        ResourceResolver resolver = key -> {
            JsonNode cached = cache.get(key);
            if (cached == null && !absent.contains(key)) {
                missed.add(key);
            }
            return cached;
        };
        return changes.parallelStream()
                .map(change -> new Read(change, extract(change, resolver)))
                .toList();
    }

    private @Nullable ResourceFacts extract(Change change, ResourceResolver resolver) {
        byte[] body = change.body();
        if (body == null
                || change.patient() < 0
                || !factTypes.contains(change.key().type())) {
            return null;
        }
        return extractor.extract(FhirJson.parse(body), resolver);
    }

    /** Fetches resources as they were at {@code t}; those that were not there become absent. */
    private void fetch(Set<ResourceKey> keys, long t, Set<ResourceKey> absent) {
        Map<ResourceKey, StoredVersion> found = store.readAll(keys);
        for (ResourceKey key : keys) {
            byte[] body = at(key, t, found.get(key));
            if (body == null) {
                absent.add(key);
            } else {
                cache.put(key, FhirJson.parse(body));
            }
        }
    }

    private byte @Nullable [] at(ResourceKey key, long t, @Nullable StoredVersion current) {
        if (current != null && current.t() <= t) {
            return current.body();
        }
        Optional<StoredVersion> then = current == null && store.currentT() <= t ? Optional.empty() : store.read(key, t);
        return then.map(StoredVersion::body).orElse(null);
    }

    /** The resources with these keys as the feed would tell them at {@code t}; those that were not there are left out. */
    List<Change> asOf(Map<ResourceKey, Integer> patients, long t) {
        List<Change> changes = new ArrayList<>();
        Map<ResourceKey, StoredVersion> found = store.readAll(new HashSet<>(patients.keySet()));
        patients.forEach((key, patient) -> {
            StoredVersion current = found.get(key);
            Optional<StoredVersion> then =
                    current != null && current.t() <= t ? Optional.of(current) : store.read(key, t);
            then.ifPresent(version -> changes.add(
                    new Change(key, version.rid(), patient, version.version(), true, version.t(), version.body())));
        });
        return changes;
    }

    /** Numbers of resources that are in the store now. */
    Map<ResourceKey, Long> numbers(Collection<ResourceKey> keys) {
        Map<ResourceKey, Long> numbers = new HashMap<>();
        store.readAll(keys).forEach((key, version) -> numbers.put(key, version.rid()));
        return numbers;
    }
}
