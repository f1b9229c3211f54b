package allmende.bench;

import allmende.core.fhir.ResourceKey;
import allmende.engine.store.ChangePage;
import allmende.engine.store.Commit;
import allmende.engine.store.Erasure;
import allmende.engine.store.Expectation;
import allmende.engine.store.History;
import allmende.engine.store.Quarantine;
import allmende.engine.store.ResourceWrite;
import allmende.engine.store.Store;
import allmende.engine.store.StoredVersion;
import allmende.engine.store.VersionPage;
import allmende.engine.store.WriteResult;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongConsumer;

/** The store behind an index that was generated without one: empty, at {@code t} = 0. */
sealed class EmptyStore implements Store permits ScaleFeed {

    @Override
    public long currentT() {
        return 0;
    }

    @Override
    public Commit write(List<ResourceWrite> writes) {
        throw new UnsupportedOperationException("this store stays empty");
    }

    @Override
    public Optional<StoredVersion> read(ResourceKey key, long t) {
        return Optional.empty();
    }

    @Override
    public Map<ResourceKey, StoredVersion> readAll(Collection<ResourceKey> keys) {
        return Map.of();
    }

    @Override
    public List<StoredVersion> scan(String type, long t, long afterRid, int limit) {
        return List.of();
    }

    @Override
    public ChangePage changes(long afterT, int limit) {
        return new ChangePage(0, List.of(), true);
    }

    @Override
    public List<ResourceKey> findByIdentifier(String type, String system, String value) {
        return List.of();
    }

    @Override
    public OptionalInt patientNumber(String patientId) {
        return OptionalInt.empty();
    }

    @Override
    public Map<Integer, String> patientIds(Collection<Integer> numbers) {
        return Map.of();
    }

    @Override
    public Map<String, Long> countsByType() {
        return Map.of();
    }

    @Override
    public Quarantine quarantine() {
        throw new UnsupportedOperationException("this store has no quarantine");
    }

    @Override
    public Erasure erase(String patientId) {
        throw new UnsupportedOperationException("this store stays empty");
    }

    @Override
    public VersionPage versions(long afterT, int limit) {
        return new VersionPage(afterT, List.of(), true);
    }

    @Override
    public List<History.Entry> versions(List<VersionId> ids) {
        return List.of();
    }

    @Override
    public Subscription onCommit(LongConsumer listener) {
        return () -> {};
    }

    @Override
    public WriteResult write(List<ResourceWrite> writes, List<Expectation> expectations) {
        throw new UnsupportedOperationException();
    }

    @Override
    public History history() {
        throw new UnsupportedOperationException();
    }

    @Override
    public allmende.engine.store.BulkRead bulk() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
