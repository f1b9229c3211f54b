package allmende.engine.load;

import allmende.core.fhir.ResourceKey;
import allmende.engine.store.ChangePage;
import allmende.engine.store.Commit;
import allmende.engine.store.Commit.Outcome;
import allmende.engine.store.Erasure;
import allmende.engine.store.Expectation;
import allmende.engine.store.History;
import allmende.engine.store.Quarantine;
import allmende.engine.store.ResourceWrite;
import allmende.engine.store.Store;
import allmende.engine.store.StoreUnavailable;
import allmende.engine.store.StoredVersion;
import allmende.engine.store.VersionPage;
import allmende.engine.store.WriteResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a load needs of a store, in memory: current versions, identifiers, quarantine. Remembers the batches. */
final class FakeStore implements Store {

    final Map<ResourceKey, ResourceWrite> current = new LinkedHashMap<>();
    final List<Integer> batches = new ArrayList<>();
    private final FakeQuarantine quarantine = new FakeQuarantine();
    private @Nullable Predicate<ResourceWrite> refuses;
    private long t;

    /** Lets the database refuse some resources. */
    void refuse(Predicate<ResourceWrite> some) {
        refuses = some;
    }

    /** The current bytes of a resource, as text; null where it is not there. */
    @Nullable
    String text(String type, String id) {
        ResourceWrite write = current.get(new ResourceKey(type, id));
        return write == null ? null : new String(body(write), StandardCharsets.UTF_8);
    }

    /** All current resources by key, as text. */
    Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        current.forEach((key, write) -> texts.put(key.toString(), new String(body(write), StandardCharsets.UTF_8)));
        return texts;
    }

    List<Quarantine.Entry> quarantined() {
        return quarantine.list(0, Integer.MAX_VALUE);
    }

    /** Reason codes of the quarantine by entry label. */
    Map<String, String> codes() {
        return quarantined().stream()
                .collect(Collectors.toMap(
                        Quarantine.Entry::entry, Quarantine.Entry::code, (a, b) -> a + "+" + b, TreeMap::new));
    }

    String raw(long id) {
        return new String(quarantine.raws.get(id), StandardCharsets.UTF_8);
    }

    private static byte[] body(ResourceWrite write) {
        byte[] body = write.body();
        return body == null ? new byte[0] : body;
    }

    @Override
    public synchronized long currentT() {
        return t;
    }

    @Override
    public synchronized List<StoredVersion> scan(String type, long at, long afterRid, int limit) {
        throw new UnsupportedOperationException("a load never scans");
    }

    @Override
    public synchronized Commit write(List<ResourceWrite> writes) {
        if (refuses != null && writes.stream().anyMatch(refuses)) {
            throw new StoreUnavailable(StoreUnavailable.Code.STATEMENT, "refused");
        }
        batches.add(writes.size());
        List<Outcome> outcomes = writes.stream().map(this::writeOne).toList();
        if (outcomes.stream().anyMatch(outcome -> outcome != Outcome.UNCHANGED)) {
            t++;
        }
        return new Commit(t, outcomes);
    }

    private Outcome writeOne(ResourceWrite write) {
        ResourceWrite before = current.get(write.key());
        if (write.body() == null) {
            current.remove(write.key());
            return before == null ? Outcome.UNCHANGED : Outcome.DELETED;
        }
        current.put(write.key(), write);
        return before == null
                ? Outcome.CREATED
                : Arrays.equals(before.body(), write.body()) ? Outcome.UNCHANGED : Outcome.UPDATED;
    }

    @Override
    public synchronized List<ResourceKey> findByIdentifier(String type, String system, String value) {
        return current.values().stream()
                .filter(write -> write.key().type().equals(type))
                .filter(write -> write.identifiers().stream()
                        .anyMatch(identifier -> identifier.value().equals(value)
                                && (system.isEmpty() || identifier.system().equals(system))))
                .map(ResourceWrite::key)
                .toList();
    }

    @Override
    public Map<String, Long> countsByType() {
        return current.keySet().stream()
                .collect(Collectors.groupingBy(ResourceKey::type, TreeMap::new, Collectors.counting()));
    }

    @Override
    public Quarantine quarantine() {
        return quarantine;
    }

    @Override
    public Optional<StoredVersion> read(ResourceKey key, long at) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<ResourceKey, StoredVersion> readAll(Collection<ResourceKey> keys) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ChangePage changes(long afterT, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public VersionPage versions(long afterT, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<History.Entry> versions(List<VersionId> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subscription onCommit(LongConsumer listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OptionalInt patientNumber(String patientId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<Integer, String> patientIds(Collection<Integer> numbers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Erasure erase(String patientId) {
        throw new UnsupportedOperationException();
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

    /** The quarantine, in memory. */
    private static final class FakeQuarantine implements Quarantine {
        private final Map<Long, Entry> entries = new TreeMap<>();
        private final Map<Long, byte[]> raws = new TreeMap<>();
        private long next = 1;

        @Override
        public synchronized void add(List<Rejected> rejected) {
            rejected.forEach(this::add);
        }

        private void add(Rejected rejected) {
            Optional<Entry> same = entries.values().stream()
                    .filter(entry -> entry.source().equals(rejected.source())
                            && entry.entry().equals(rejected.entry())
                            && Arrays.equals(raws.get(entry.id()), rejected.raw()))
                    .findFirst();
            long id = same.isPresent() ? same.get().id() : next++;
            raws.put(id, rejected.raw());
            entries.put(
                    id,
                    new Entry(
                            id,
                            Instant.EPOCH,
                            rejected.source(),
                            rejected.entry(),
                            rejected.code(),
                            rejected.reason(),
                            rejected.raw().length));
        }

        @Override
        public synchronized void add(String source, String entry, String code, String reason, InputStream raw)
                throws IOException {
            ByteArrayOutputStream start = new ByteArrayOutputStream();
            raw.transferTo(start);
            add(new Rejected(source, entry, code, reason, start.toByteArray()));
        }

        @Override
        public synchronized List<Entry> list(long afterId, int limit) {
            return entries.values().stream()
                    .filter(entry -> entry.id() > afterId)
                    .limit(limit)
                    .toList();
        }

        @Override
        public synchronized long count() {
            return entries.size();
        }

        @Override
        public synchronized Optional<Entry> find(long id) {
            return Optional.ofNullable(entries.get(id));
        }

        @Override
        public synchronized void copyBytes(long id, OutputStream out) throws IOException {
            out.write(raws.get(id));
        }

        @Override
        public synchronized void remove(long id) {
            entries.remove(id);
            raws.remove(id);
        }
    }
}
