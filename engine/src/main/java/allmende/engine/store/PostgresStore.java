package allmende.engine.store;

import allmende.core.fhir.ResourceKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;

/** The store in PostgreSQL. Each of its duties is a class of its own; this one only hands them out. */
final class PostgresStore implements Store {

    private final Database database;
    private final AutoCloseable server;
    private final BatchWriter writer;
    private final VersionReader reader;
    private final HistoryReader history;
    private final VersionLookup lookup;
    private final BulkReader bulk;
    private final ChangeFeed feed;
    private final ResourceTypes types;
    private final Quarantine quarantine;
    private final Purge purge;
    private final Eraser eraser;
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();

    /** {@code server} is closed with the store. */
    PostgresStore(Database database, AutoCloseable server) {
        this.database = database;
        this.server = server;
        this.types = new ResourceTypes(database);
        this.writer = new BatchWriter(database, types);
        this.reader = new VersionReader(database);
        this.history = new HistoryReader(database);
        this.lookup = new VersionLookup(database);
        this.bulk = new BulkReader(database);
        this.feed = new ChangeFeed(database);
        this.quarantine = new PostgresQuarantine(database);
        this.purge = new Purge(database);
        this.eraser = new Eraser(database, purge);
    }

    @Override
    public long currentT() {
        return reader.currentT();
    }

    @Override
    public Commit write(List<ResourceWrite> writes) {
        return switch (write(writes, List.of())) {
            case WriteResult.Written written -> written.commit();
            case WriteResult.Unmet _ -> throw new IllegalStateException("nothing was expected");
        };
    }

    @Override
    public WriteResult write(List<ResourceWrite> writes, List<Expectation> expectations) {
        WriteResult result = writer.write(writes, expectations);
        if (result instanceof WriteResult.Written written) {
            tell(written.commit().t());
        }
        return result;
    }

    @Override
    public BulkRead bulk() {
        return bulk;
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public Optional<StoredVersion> read(ResourceKey key, long t) {
        return reader.read(key, t);
    }

    @Override
    public Map<ResourceKey, StoredVersion> readAll(Collection<ResourceKey> keys) {
        return reader.readAll(keys);
    }

    @Override
    public List<StoredVersion> scan(String type, long t, long afterRid, int limit) {
        return reader.scan(type, t, afterRid, limit);
    }

    @Override
    public Map<Long, byte[]> bodies(Collection<Long> rids) {
        return reader.bodies(rids);
    }

    @Override
    public ChangePage changes(long afterT, int limit) {
        return feed.page(afterT, limit);
    }

    @Override
    public VersionPage versions(long afterT, int limit) {
        return feed.versions(afterT, limit);
    }

    @Override
    public List<History.Entry> versions(List<VersionId> ids) {
        return lookup.versions(ids);
    }

    @Override
    public Subscription onCommit(LongConsumer listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public List<ResourceKey> findByIdentifier(String type, String system, String value) {
        return reader.findByIdentifier(type, system, value);
    }

    @Override
    public OptionalInt patientNumber(String patientId) {
        return reader.patientNumber(patientId);
    }

    @Override
    public Map<Integer, String> patientIds(Collection<Integer> numbers) {
        return reader.patientIds(numbers);
    }

    @Override
    public Map<String, Long> countsByType() {
        return types.counts();
    }

    @Override
    public Quarantine quarantine() {
        return quarantine;
    }

    @Override
    public Erasure erase(String patientId) {
        Erasure erasure = eraser.erase(patientId);
        tell(erasure.t());
        return erasure;
    }

    /** Makes up for an erasure that was cut short before its rows were gone from the files. */
    void finishErasures() {
        purge.runIfDue();
    }

    private void tell(long t) {
        for (LongConsumer listener : listeners) {
            listener.accept(t);
        }
    }

    @Override
    public void close() {
        database.close();
        try {
            server.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the server's close() throws nothing checked", e);
        }
    }
}
