package allmende.engine.store;

import allmende.core.fhir.ResourceKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What resources were, deletions included. What was erased is not in it. Pages are pinned to a {@code t}: what is
 * written meanwhile never shifts them.
 */
public interface History {

    /** The newest version up to {@code t}, a deletion included; empty where there never was one. */
    Optional<Entry> newest(ResourceKey key, long t);

    /** One version by its number; empty where there is none with it. */
    Optional<Entry> version(ResourceKey key, int number);

    /** Versions, newest first, at most {@code limit}. Fewer than that many: there are no more. */
    List<Entry> page(Scope scope, Window window, int limit);

    /** The newest transaction that was committed at this time or before; 0 for none. */
    long at(Instant time);

    /**
     * A version, or a deletion.
     *
     * @param rid the resource's number in this store
     * @param version 1 for the first
     * @param t transaction that wrote it
     * @param at when that was committed
     * @param body compact JSON, UTF-8; null: deleted
     * @param patientId the Patient that it belongs to; null for none
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Entry(
            ResourceKey key,
            long rid,
            int version,
            long t,
            Instant at,
            byte @Nullable [] body,
            @Nullable String patientId) {

        /** Whether this is a deletion. */
        public boolean deleted() {
            return body == null;
        }

        /** Where the page after this one begins. */
        public Position position() {
            return new Position(t, rid, version);
        }
    }

    /** Whose versions. */
    sealed interface Scope {
        /** Of one resource. */
        record Instance(ResourceKey key) implements Scope {}

        /** Of all resources of a type. */
        record Type(String type) implements Scope {}

        /** Of all. */
        record All() implements Scope {}
    }

    /**
     * Which of its versions.
     *
     * @param afterT those of later transactions only
     * @param upToT those of this transaction or earlier ones
     * @param before those that come after this one in the order of the page; null from the newest on
     */
    record Window(long afterT, long upToT, @Nullable Position before) {}

    /** A place in the order of a history. */
    record Position(long t, long rid, int version) {}
}
