package allmende.engine.proof;

import allmende.core.fhir.ResourceKey;
import allmende.engine.store.ChangePage;
import allmende.engine.store.Commit;
import allmende.engine.store.Commit.Outcome;
import allmende.engine.store.Erasure;
import allmende.engine.store.Expectation;
import allmende.engine.store.FeedVersion;
import allmende.engine.store.Quarantine;
import allmende.engine.store.ResourceWrite;
import allmende.engine.store.Store;
import allmende.engine.store.StoredVersion;
import allmende.engine.store.VersionPage;
import allmende.engine.store.WriteResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A store in memory that keeps the promises of the interface: versions, the change feed, patients' numbers. */
public final class MemoryStore implements Store {

    private record Version(long t, int number, int patient, byte @Nullable [] body) {}

    private record History(ResourceKey key, long rid, List<Version> versions) {
        @Nullable
        Version at(long t) {
            return versions.stream().filter(version -> version.t <= t).reduce(null, (before, after) -> after);
        }
    }

    private final Map<ResourceKey, History> histories = new LinkedHashMap<>();
    private final Map<String, Integer> patients = new TreeMap<>();
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
    private long t;

    @Override
    public synchronized long currentT() {
        return t;
    }

    @Override
    public Commit write(List<ResourceWrite> writes) {
        Commit commit = writeLocked(writes);
        listeners.forEach(listener -> listener.accept(commit.t()));
        return commit;
    }

    private synchronized Commit writeLocked(List<ResourceWrite> writes) {
        long next = t + 1;
        List<Outcome> outcomes = new ArrayList<>();
        for (ResourceWrite write : writes) {
            outcomes.add(write(write, next));
        }
        if (outcomes.stream().anyMatch(outcome -> outcome != Outcome.UNCHANGED)) {
            t = next;
        }
        return new Commit(t, outcomes);
    }

    private Outcome write(ResourceWrite write, long at) {
        History history = histories.get(write.key());
        Version last = history == null ? null : history.versions.getLast();
        byte[] before = last == null ? null : last.body;
        if (Arrays.equals(before, write.body())) {
            return Outcome.UNCHANGED;
        }
        if (history == null) {
            history = new History(write.key(), histories.size(), new ArrayList<>());
            histories.put(write.key(), history);
        }
        int patient = patientOf(write, last);
        history.versions.add(new Version(at, history.versions.size() + 1, patient, write.body()));
        return write.body() == null ? Outcome.DELETED : before == null ? Outcome.CREATED : Outcome.UPDATED;
    }

    private int patientOf(ResourceWrite write, @Nullable Version last) {
        if (write.body() == null && last != null) {
            return last.patient;
        }
        String id = write.patientId();
        return id == null ? -1 : patients.computeIfAbsent(id, any -> patients.size());
    }

    @Override
    public synchronized Optional<StoredVersion> read(ResourceKey key, long at) {
        return Optional.ofNullable(histories.get(key)).flatMap(history -> stored(history, at));
    }

    private static Optional<StoredVersion> stored(History history, long at) {
        Version version = history.at(at);
        return version == null || version.body == null
                ? Optional.empty()
                : Optional.of(new StoredVersion(
                        history.key, history.rid, version.number, version.t, Instant.EPOCH, version.body));
    }

    @Override
    public synchronized Map<ResourceKey, StoredVersion> readAll(Collection<ResourceKey> keys) {
        Map<ResourceKey, StoredVersion> found = new HashMap<>();
        keys.forEach(key -> read(key, t).ifPresent(version -> found.put(key, version)));
        return found;
    }

    @Override
    public synchronized List<StoredVersion> scan(String type, long at, long afterRid, int limit) {
        return histories.values().stream()
                .filter(history -> history.key.type().equals(type) && history.rid > afterRid)
                .flatMap(history -> stored(history, at).stream())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized ChangePage changes(long afterT, int limit) {
        long upTo = afterT;
        List<ChangePage.Change> changes = List.of();
        while (upTo < t && changes.size() < limit) {
            upTo++;
            changes = changesBetween(afterT, upTo);
        }
        return new ChangePage(upTo, changes, upTo >= t);
    }

    private List<ChangePage.Change> changesBetween(long afterT, long upTo) {
        return histories.values().stream()
                .filter(history -> history.at(upTo) != null && Objects.requireNonNull(history.at(upTo)).t > afterT)
                .map(history -> {
                    Version version = Objects.requireNonNull(history.at(upTo));
                    return new ChangePage.Change(
                            history.key,
                            history.rid,
                            version.patient,
                            version.number,
                            history.at(afterT) != null,
                            version.t,
                            version.body);
                })
                .sorted(Comparator.comparingLong(ChangePage.Change::t).thenComparingLong(ChangePage.Change::rid))
                .toList();
    }

    @Override
    public synchronized VersionPage versions(long afterT, int limit) {
        List<FeedVersion> all = histories.values().stream()
                .flatMap(history -> history.versions.stream()
                        .filter(version -> version.t > afterT)
                        .map(version -> new FeedVersion(
                                history.key, history.rid, version.number, version.t, Instant.EPOCH, version.body)))
                .sorted(Comparator.comparingLong(FeedVersion::t)
                        .thenComparingLong(FeedVersion::rid)
                        .thenComparingInt(FeedVersion::number))
                .toList();
        return new VersionPage(t, all, true);
    }

    @Override
    public synchronized List<allmende.engine.store.History.Entry> versions(List<VersionId> ids) {
        return ids.stream()
                .flatMap(id -> histories.values().stream()
                        .filter(history -> history.rid == id.rid())
                        .flatMap(history -> history.versions.stream()
                                .filter(version -> version.number == id.number() && version.body != null)
                                .map(version -> new allmende.engine.store.History.Entry(
                                        history.key,
                                        history.rid,
                                        version.number,
                                        version.t,
                                        Instant.EPOCH,
                                        version.body,
                                        null))))
                .toList();
    }

    @Override
    public Subscription onCommit(LongConsumer listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public List<ResourceKey> findByIdentifier(String type, String system, String value) {
        return List.of();
    }

    @Override
    public synchronized OptionalInt patientNumber(String patientId) {
        Integer number = patients.get(patientId);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    @Override
    public synchronized Map<Integer, String> patientIds(Collection<Integer> numbers) {
        return patients.entrySet().stream()
                .filter(entry -> numbers.contains(entry.getValue()))
                .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    }

    @Override
    public synchronized Map<String, Long> countsByType() {
        return histories.values().stream()
                .filter(history -> history.versions.getLast().body != null)
                .collect(Collectors.groupingBy(history -> history.key.type(), Collectors.counting()));
    }

    @Override
    public Quarantine quarantine() {
        throw new UnsupportedOperationException("Nothing is quarantined in memory");
    }

    @Override
    public Erasure erase(String patientId) {
        throw new UnsupportedOperationException("Erasure is a matter of disks");
    }

    @Override
    public WriteResult write(List<ResourceWrite> writes, List<Expectation> expectations) {
        throw new UnsupportedOperationException();
    }

    @Override
    public allmende.engine.store.History history() {
        throw new UnsupportedOperationException();
    }

    @Override
    public allmende.engine.store.BulkRead bulk() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        listeners.clear();
    }
}
