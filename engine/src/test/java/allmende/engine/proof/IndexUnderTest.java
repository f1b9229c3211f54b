package allmende.engine.proof;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.CohortQuery;
import allmende.core.fhir.PatientCompartment;
import allmende.core.fhir.ResourceKey;
import allmende.core.terminology.Terminology;
import allmende.engine.count.CohortCounter;
import allmende.engine.count.CohortReport;
import allmende.engine.count.CountAnswer;
import allmende.engine.index.CohortIndex;
import allmende.engine.index.IndexProgress;
import allmende.engine.index.Opened;
import allmende.engine.store.ResourceWrite;
import allmende.engine.store.Store;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** A store with an index that follows it. */
final class IndexUnderTest implements AutoCloseable {

    private final Path directory;
    private final Catalogue catalogue;
    private final Terminology terminology;
    private final Store store;
    private CohortIndex index;

    IndexUnderTest(Path directory, Store store, Catalogue catalogue, Terminology terminology) {
        this.directory = directory;
        this.catalogue = catalogue;
        this.terminology = terminology;
        this.store = store;
        this.index = open();
    }

    private CohortIndex open() {
        return switch (CohortIndex.open(directory, store, catalogue, terminology)) {
            case Opened.Ready(CohortIndex ready) -> ready;
            case Opened.InUse(String reason) -> throw new AssertionError(reason);
        };
    }

    /** One transaction, which the index then follows. */
    void write(List<World.Write> writes) {
        store.write(writes.stream().map(IndexUnderTest::asWrite).toList());
        index.catchUp();
    }

    private static ResourceWrite asWrite(World.Write write) {
        if (write.body() == null) {
            return new ResourceWrite(write.key(), null, null, List.of());
        }
        ResourceKey patient = PatientCompartment.patientOf(write.body());
        return new ResourceWrite(
                write.key(), Json.write(write.body()), patient == null ? null : patient.id(), List.of());
    }

    /** Follows what others wrote. */
    void catchUp() {
        index.catchUp();
    }

    CountAnswer count(CohortQuery query, LocalDate today) {
        return new CohortCounter(index).count(query, today);
    }

    CohortReport report(CohortQuery query, LocalDate today) {
        return new CohortCounter(index).report(query, today);
    }

    void reopen() {
        index.close();
        index = open();
        index.catchUp();
    }

    /** Rewrites what was added in small pieces, as the index does by itself now and then. */
    void compact() {
        index.compact();
    }

    void rebuild() {
        index.rebuild(IndexProgress.NONE);
    }

    /** Closes the index; the store is its owner's. */
    @Override
    public void close() {
        index.close();
    }
}
