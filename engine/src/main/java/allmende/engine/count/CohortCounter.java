package allmende.engine.count;

import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.CriterionExtension;
import allmende.core.cohort.ValueFilter;
import allmende.core.fhir.Coding;
import allmende.core.terminology.Units;
import allmende.engine.index.CohortIndex;
import allmende.engine.index.IndexSnapshot;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Counts cohorts. Thread-safe. */
public final class CohortCounter {

    /** Somebody older than anybody ever was, asked for with and without an age. */
    private static final CohortQuery NOBODY = new CohortQuery(
            List.of(
                    List.of(age(null)),
                    List.of(age(new ValueFilter.Comparison(ValueFilter.Comparator.GT, BigDecimal.valueOf(200), "a")))),
            List.of());

    private final CohortIndex index;
    private final Units units = new Units();
    private volatile @Nullable People people;

    /** Counts in this index. */
    public CohortCounter(CohortIndex index) {
        this.index = index;
    }

    /**
     * Asks a question to which nobody is the answer, so that the first real one finds code loaded and unit definitions
     * read. For sites, before they say that they are ready.
     */
    public void prepare() {
        Units.prepare();
        report(NOBODY, LocalDate.EPOCH);
    }

    private static Criterion age(@Nullable ValueFilter filter) {
        Coding age = new Coding("http://snomed.info/sct", "424144002");
        return new Criterion("Patient", List.of(age), "", filter, List.of(), null, CriterionExtension.NONE, "");
    }

    /**
     * Counts the patients of a cohort, all of it in one snapshot.
     *
     * @param today the day that ages are counted on
     */
    public CountAnswer count(CohortQuery query, LocalDate today) {
        return index.read(snapshot -> evaluation(snapshot, today).answer(query));
    }

    /**
     * Counts the patients of a cohort and how they are distributed over age and sex, all of it in one snapshot.
     *
     * @param today the day that ages are counted on
     */
    public CohortReport report(CohortQuery query, LocalDate today) {
        return index.read(snapshot -> {
            Evaluation evaluation = evaluation(snapshot, today);
            return evaluation.report(query, people(snapshot, today));
        });
    }

    /** Ages and sexes are the same for every question of a day until the data change. */
    private Distribution people(IndexSnapshot snapshot, LocalDate today) {
        People known = people;
        if (known == null || known.t() != snapshot.t() || !known.today().equals(today)) {
            known = new People(snapshot.t(), today, new Distribution(snapshot, today));
            people = known;
        }
        return known.distribution();
    }

    private record People(long t, LocalDate today, Distribution distribution) {}

    /** The numbers of the patients of a cohort, for those inside the site who go on from there. */
    public RoaringBitmap patients(CohortQuery query, LocalDate today) {
        return index.read(snapshot -> evaluation(snapshot, today).cohort(query));
    }

    private Evaluation evaluation(IndexSnapshot snapshot, LocalDate today) {
        return new Evaluation(snapshot, new Filters(snapshot, units, today));
    }
}
