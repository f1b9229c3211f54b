package allmende.engine.store;

import allmende.core.fhir.ResourceKey;
import allmende.engine.store.Commit.Outcome;
import allmende.engine.store.ResourceWrite.Identifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a batch of writes does to the store, decided without it: the current heads and the next free numbers go in, rows
 * come out. Writes of one key are applied in order.
 */
final class WritePlan {

    /** No patient. */
    static final int NO_PATIENT = -1;

    private final long t;
    private final Map<ResourceKey, Head> heads;
    private final Map<String, Integer> patients;
    private long nextRid;
    private int nextPatient;

    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Integer> numbersOfVersions = new ArrayList<>();
    private final List<Version> versions = new ArrayList<>();
    private final Map<ResourceKey, Head> created = new LinkedHashMap<>();
    private final Map<ResourceKey, Head> changed = new LinkedHashMap<>();
    private final Map<String, Integer> newPatients = new LinkedHashMap<>();
    private final Map<String, Long> currentByType = new LinkedHashMap<>();

    private WritePlan(Numbers numbers, Map<ResourceKey, Head> heads, Map<String, Integer> patients) {
        this.t = numbers.t() + 1;
        this.nextRid = numbers.nextRid();
        this.nextPatient = numbers.nextPatient();
        this.heads = heads;
        this.patients = patients;
    }

    /** A write with the digest of its body, taken before the lock. */
    record Prepared(ResourceWrite write, @Nullable UUID digest) {}

    /** The newest transaction and the next free numbers. */
    record Numbers(long t, long nextRid, int nextPatient) {}

    /** A resource's newest version. {@code digest} is null where it is deleted. */
    record Head(
            long rid, int version, int patient, @Nullable UUID digest) {
        boolean deleted() {
            return digest == null;
        }
    }

    /** A version to be written. */
    record Version(
            String type, long rid, int number, int patient, byte @Nullable [] body, List<Identifier> identifiers) {}

    /** Decides. {@code heads} and {@code patients} hold those of the batch that the store has. */
    static WritePlan of(
            List<Prepared> batch, Numbers numbers, Map<ResourceKey, Head> heads, Map<String, Integer> patients) {
        WritePlan plan = new WritePlan(numbers, heads, patients);
        for (Prepared prepared : batch) {
            plan.outcomes.add(plan.apply(prepared));
            Head head = plan.head(prepared.write().key());
            plan.numbersOfVersions.add(head == null ? 0 : head.version());
        }
        return plan;
    }

    private Outcome apply(Prepared prepared) {
        ResourceWrite write = prepared.write();
        Head head = head(write.key());
        UUID digest = prepared.digest();
        boolean absent = head == null || head.deleted();
        if (digest == null) {
            if (head == null || absent) {
                return Outcome.UNCHANGED;
            }
            put(write, new Head(head.rid(), head.version() + 1, head.patient(), null), false);
            count(write.key(), -1);
            return Outcome.DELETED;
        }
        if (head == null) {
            put(write, new Head(nextRid++, 1, patient(write), digest), true);
        } else if (Objects.equals(head.digest(), digest)) {
            return Outcome.UNCHANGED;
        } else {
            put(write, new Head(head.rid(), head.version() + 1, patient(write), digest), false);
        }
        if (absent) {
            count(write.key(), 1);
        }
        return absent ? Outcome.CREATED : Outcome.UPDATED;
    }

    private @Nullable Head head(ResourceKey key) {
        Head inBatch = created.get(key);
        if (inBatch == null) {
            inBatch = changed.get(key);
        }
        return inBatch == null ? heads.get(key) : inBatch;
    }

    private void put(ResourceWrite write, Head head, boolean fresh) {
        ResourceKey key = write.key();
        (fresh || created.containsKey(key) ? created : changed).put(key, head);
        versions.add(
                new Version(key.type(), head.rid(), head.version(), head.patient(), write.body(), write.identifiers()));
    }

    private void count(ResourceKey key, long delta) {
        currentByType.merge(key.type(), delta, Long::sum);
    }

    private int patient(ResourceWrite write) {
        String id = write.patientId();
        if (id == null) {
            return NO_PATIENT;
        }
        Integer number = patients.get(id);
        return number == null ? newPatients.computeIfAbsent(id, unknown -> nextPatient++) : number;
    }

    /** One per write, in order. */
    List<Outcome> outcomes() {
        return outcomes;
    }

    /** The version that each write made or found, in order; 0 where there is none. */
    List<Integer> numbersOfVersions() {
        return numbersOfVersions;
    }

    /** Whether there is nothing to write. */
    boolean isEmpty() {
        return versions.isEmpty();
    }

    /** Numbers after this batch. */
    Numbers numbers() {
        return new Numbers(t, nextRid, nextPatient);
    }

    /** Versions to add, in order. */
    List<Version> versions() {
        return versions;
    }

    /** Resources that were never seen before, with their newest version. */
    Map<ResourceKey, Head> created() {
        return created;
    }

    /** Resources that get a new head. */
    Map<ResourceKey, Head> changed() {
        return changed;
    }

    /** Patients mentioned for the first time. */
    Map<String, Integer> newPatients() {
        return newPatients;
    }

    /** By how much the number of current resources changes. */
    Map<String, Long> currentByType() {
        return currentByType;
    }
}
