package allmende.engine.store;

import allmende.core.fhir.ResourceKey;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads many resources at once, as they were at one {@code t}, in stretches that several threads share. */
public interface BulkRead {

    /**
     * Stretches that cover all resources of a type, in order.
     *
     * @param resources how many resources a stretch has at most
     */
    List<Stretch> stretches(String type, int resources);

    /**
     * Hands the resources of a stretch over, in order; deleted and erased ones are left out.
     *
     * @return how many there were
     * @throws IOException only if the sink throws it
     */
    long read(Stretch stretch, Selection selection, Sink sink) throws IOException;

    /** Resources of a type by their numbers: {@code afterRid} exclusive to {@code upToRid} inclusive. */
    record Stretch(String type, long afterRid, long upToRid) {}

    /**
     * Which of them.
     *
     * @param t as they were at this transaction
     * @param afterT only those whose version then was written by a later transaction than this
     * @param ofPatients only those that belong to a patient
     * @param patients only those that belong to one of these, by number; null for any
     */
    record Selection(
            long t,
            long afterT,
            boolean ofPatients,
            @Nullable Set<Integer> patients) {}

    /** Takes resources. */
    @FunctionalInterface
    interface Sink {
        /** One; the bytes are the sink's. */
        void resource(int version, Instant at, byte[] body) throws IOException;
    }

    /**
     * How many versions there are of each patient, as a measure of what {@link #ofPatients} reads at once; patients without
     * any are left out.
     */
    Map<Integer, Long> sizes(Collection<Integer> patients);

    /**
     * Resources that belong to these patients at a {@code t}, in any order; deleted and erased ones are left out. All of them
     * are in memory at once, see {@link #sizes}.
     *
     * @param types resource types; others are left out
     */
    List<Owned> ofPatients(Collection<Integer> patients, Set<String> types, long t);

    /** Resources by their keys as they were at a {@code t}; those that were not there are left out. */
    List<Owned> all(Collection<ResourceKey> keys, long t);

    /**
     * A resource and whose it is.
     *
     * @param patient number of the patient; null where it belongs to none
     * @param body compact JSON, UTF-8
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Owned(ResourceKey key, @Nullable Integer patient, byte[] body) {}
}
