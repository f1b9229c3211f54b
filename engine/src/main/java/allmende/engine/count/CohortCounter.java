package allmende.engine.count;

import allmende.core.cohort.CohortQuery;
import allmende.core.terminology.Units;
import allmende.engine.index.CohortIndex;
import allmende.engine.index.IndexSnapshot;
import java.time.LocalDate;
import org.roaringbitmap.RoaringBitmap;

/** Counts cohorts. Thread-safe. */
public final class CohortCounter {

    private final CohortIndex index;
    private final Units units = new Units();

    /** Counts in this index. */
    public CohortCounter(CohortIndex index) {
        this.index = index;
    }

    /**
     * Counts the patients of a cohort, all of it in one snapshot.
     *
     * @param today the day that ages are counted on
     */
    public CountAnswer count(CohortQuery query, LocalDate today) {
        return index.read(snapshot -> evaluation(snapshot, today).answer(query));
    }

    /** The numbers of the patients of a cohort, for those inside the site who go on from there. */
    public RoaringBitmap patients(CohortQuery query, LocalDate today) {
        return index.read(snapshot -> evaluation(snapshot, today).cohort(query));
    }

    private Evaluation evaluation(IndexSnapshot snapshot, LocalDate today) {
        return new Evaluation(snapshot, new Filters(snapshot, units, today));
    }
}
