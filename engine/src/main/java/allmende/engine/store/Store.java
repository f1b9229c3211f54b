package allmende.engine.store;

import allmende.core.fhir.ResourceKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongConsumer;

/**
 * Every version of every resource of a site. Writes are transactions with consecutive numbers {@code t}; commits become
 * visible in the order of {@code t}, so a reader that has seen {@code t} has seen all before it. Safe for several
 * threads and several processes at once.
 */
public interface Store extends AutoCloseable {

    /** Number of the newest committed transaction; 0 for an empty store. */
    long currentT();

    /**
     * Writes all or nothing, as one transaction, durable on return. Writing a resource whose bytes equal its current
     * version changes nothing. Several writes of one key in one batch are applied in order.
     */
    Commit write(List<ResourceWrite> writes);

    /**
     * As {@link #write(List)}, but only if every expectation holds under the writers' lock; nothing is written otherwise.
     */
    WriteResult write(List<ResourceWrite> writes, List<Expectation> expectations);

    /** Reading of many resources at once. */
    BulkRead bulk();

    /** Versions of the past. */
    History history();

    /** The version of a resource that was current at {@code t}; empty where there was none or it was deleted. */
    Optional<StoredVersion> read(ResourceKey key, long t);

    /** Current versions of several resources; absent and deleted ones are left out. */
    Map<ResourceKey, StoredVersion> readAll(Collection<ResourceKey> keys);

    /**
     * Resources of a type as they were at {@code t}, in the order of their numbers: those after {@code afterRid} (from the
     * beginning after -1), at most {@code limit}. Fewer than that many: there are no more. Deleted ones are left out.
     * Read on after the last number of the page; what is written meanwhile never shifts a page.
     */
    List<StoredVersion> scan(String type, long t, long afterRid, int limit);

    /** Current bodies of resources by their numbers in this store; absent and deleted ones are left out. */
    default Map<Long, byte[]> bodies(Collection<Long> rids) {
        return Map.of();
    }

    /**
     * The resources that changed after {@code afterT}, in order of {@code (t, rid)}, at most about {@code limit} of them
     * but never a part of a transaction. Each resource comes once, with its newest state up to {@link ChangePage#t()}:
     * who has applied all pages up to there holds exactly what {@link #read} tells at that {@code t}. With nothing new,
     * the page is empty and its {@code t} is {@code afterT}.
     */
    ChangePage changes(long afterT, int limit);

    /**
     * Every version that was written after {@code afterT}, in order of {@code (t, rid, number)}, at most about
     * {@code limit} of them but never a part of a transaction. Unlike {@link #changes} nothing is left out: who has read
     * all pages can tell each state since the beginning. Versions of an erased resource are gone but for the erasure.
     */
    VersionPage versions(long afterT, int limit);

    /**
     * Versions by number of resource and version, in the order asked for; those that are erased or deletions are left
     * out.
     */
    List<History.Entry> versions(List<VersionId> ids);

    /** A version of a resource, by the resource's number in this store and the version's own. */
    record VersionId(long rid, int number) {}

    /**
     * Calls the listener after each commit of this very object, on the writer's thread, with its {@code t}: a cheap
     * wake-up for followers in the same process. Commits of other processes are seen by polling {@link #currentT()}.
     * The listener must be quick and must not throw. Closing the subscription ends it.
     */
    Subscription onCommit(LongConsumer listener);

    /**
     * Current resources of a type that carry this identifier, in order of their numbers. An empty {@code system} matches
     * any system.
     */
    List<ResourceKey> findByIdentifier(String type, String system, String value);

    /** The patient's number, if a patient with this id was ever mentioned. */
    OptionalInt patientNumber(String patientId);

    /** Ids of patients by number, for those who may see them. */
    Map<Integer, String> patientIds(Collection<Integer> numbers);

    /** Current resources by type. */
    Map<String, Long> countsByType();

    /** What could not be loaded. */
    Quarantine quarantine();

    /**
     * Erases a patient: every version of the Patient and of each resource that ever belonged to it, the identifiers,
     * the quarantine entries that mention it; then rewrites the tables and drops old log files so that nothing is left
     * on disk. The erasure itself is a transaction: the feed tells it as deletions without bytes.
     */
    Erasure erase(String patientId);

    /** Closes the connections; the last user of an embedded database stops it. */
    @Override
    void close();

    /** A listener's registration. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
