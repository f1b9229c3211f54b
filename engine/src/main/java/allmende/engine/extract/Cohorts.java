package allmende.engine.extract;

import allmende.core.cohort.CohortQuery;
import java.time.LocalDate;
import org.roaringbitmap.RoaringBitmap;

/** Finds the patients of a query, by number. */
@FunctionalInterface
public interface Cohorts {

    /** The patients of the query; ages are those of the day. */
    RoaringBitmap patients(CohortQuery query, LocalDate day);
}
