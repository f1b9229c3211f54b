package allmende.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.AttributeFilter;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.CriterionExtension;
import allmende.core.cohort.ValueFilter;
import allmende.core.cohort.ValueFilter.Comparator;
import allmende.core.disclosure.PublishedStatistics;
import allmende.core.disclosure.PublishedStatistics.Concept;
import allmende.core.disclosure.PublishedStatistics.Context;
import allmende.core.disclosure.PublishedStatistics.Histogram;
import allmende.core.disclosure.PublishedStatistics.Pair;
import allmende.core.disclosure.PublishedStatistics.Term;
import allmende.core.disclosure.PublishedStatistics.Years;
import allmende.core.disclosure.Strata;
import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EstimatorTest {

    private static final int PATIENTS = 10_000;
    private static final String DIAGNOSIS = "Diagnose";
    private static final String LAB = "Laboruntersuchung";
    private static final Coding AGE = new Coding("http://snomed.info/sct", "424144002");

    private final Estimator estimator = new Estimator();
    private final PublishedStatistics statistics = statistics();

    private static Coding code(String code) {
        return new Coding("icd", code);
    }

    private static Strata strata(int each) {
        int[] cells = new int[Strata.SIZE];
        java.util.Arrays.fill(cells, 0, 16, each);
        return Strata.of(cells);
    }

    private static Concept concept(int patients) {
        return new Concept(
                patients,
                null,
                strata(patients / 16),
                new Years(2020, List.of(patients / 2, patients / 2)),
                List.of(),
                Map.of());
    }

    private static PublishedStatistics statistics() {
        Map<Coding, Concept> diagnoses = new LinkedHashMap<>();
        IntStream.range(0, 8).forEach(i -> diagnoses.put(code("A" + i), concept(400 << (i / 2))));
        Histogram histogram = new Histogram(
                "mg/dL",
                List.of(0.5, 1.0, 1.5, 2.0, 4.0),
                List.of(1500, 800, 300, 100),
                List.of(1000, 600, 300, 100),
                List.of(1400, 450, 100, 50));
        Map<Coding, Concept> labs = Map.of(
                code("creatinine"),
                new Concept(
                        2000, null, strata(125), new Years(2020, List.of(1000, 1200)), List.of(histogram), Map.of()));
        List<Pair> pairs = List.of(
                new Pair(new Term(DIAGNOSIS, code("A0")), new Term(DIAGNOSIS, code("A7")), 390),
                new Pair(new Term(DIAGNOSIS, code("A1")), new Term(DIAGNOSIS, code("A6")), 0));
        return new PublishedStatistics(
                YearMonth.of(2026, 1),
                PATIENTS,
                strata(PATIENTS / 16),
                Map.of(
                        DIAGNOSIS,
                        new Context(9000, diagnoses),
                        LAB,
                        new Context(2000, labs),
                        "Patient",
                        new Context(PATIENTS, Map.of())),
                pairs,
                Set.of("AT_LEAST"),
                Map.of(),
                new PublishedStatistics.Terms(0.5, 20, 28, 10));
    }

    private static Criterion criterion(
            String context,
            String code,
            @Nullable ValueFilter value,
            @Nullable TimeSpan time,
            CriterionExtension extension) {
        return new Criterion(context, List.of(code(code)), code, value, List.of(), time, extension, "/" + code);
    }

    private static Criterion diagnosis(String code) {
        return criterion(DIAGNOSIS, code, null, null, CriterionExtension.NONE);
    }

    private static Criterion creatinine(Comparator comparator, String value, String unit) {
        return criterion(
                LAB,
                "creatinine",
                new ValueFilter.Comparison(comparator, new BigDecimal(value), unit),
                null,
                CriterionExtension.NONE);
    }

    private Estimate estimate(CohortQuery query) {
        return estimator.estimate(query, Map.of("site", statistics));
    }

    private Estimate estimate(Criterion... all) {
        return estimate(new CohortQuery(List.of(all).stream().map(List::of).toList(), List.of()));
    }

    @Provide
    Arbitrary<Criterion> criteria() {
        Arbitrary<Criterion> diagnoses = Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(2018, 2023).injectNull(0.6),
                        Arbitraries.integers().between(2, 5).injectNull(0.8))
                .as((number, year, times) -> criterion(
                        number == 9 ? "Unbekannt" : DIAGNOSIS,
                        "A" + number,
                        null,
                        year == null ? null : year(year),
                        new CriterionExtension(times, null, null)));
        Arbitrary<Criterion> labs = Combinators.combine(
                        Arbitraries.of(Comparator.values()),
                        Arbitraries.of("0.2", "1.0", "1.2", "1.7", "9", "12"),
                        Arbitraries.of("mg/dL", "mg/L", "mmol/L"))
                .as(EstimatorTest::creatinine);
        Arbitrary<Criterion> ages = Combinators.combine(
                        Arbitraries.of(Comparator.values()),
                        Arbitraries.integers().between(0, 110))
                .as((comparator, age) -> new Criterion(
                        "Patient",
                        List.of(AGE),
                        "",
                        new ValueFilter.Comparison(comparator, BigDecimal.valueOf(age), "a"),
                        List.<AttributeFilter>of(),
                        null,
                        CriterionExtension.NONE,
                        "/age"));
        return Arbitraries.oneOf(diagnoses, labs, ages);
    }

    private static TimeSpan year(int year) {
        return new TimeSpan(
                LocalDate.of(year, 3, 1).toEpochDay() * 1440,
                LocalDate.of(year + 1, 3, 1).toEpochDay() * 1440 - 1);
    }

    @Provide
    Arbitrary<CohortQuery> queries() {
        Arbitrary<List<List<Criterion>>> groups =
                criteria().list().ofMinSize(1).ofMaxSize(3).list().ofMaxSize(3);
        return Combinators.combine(groups.filter(list -> !list.isEmpty()), groups)
                .as(CohortQuery::new);
    }

    @Property(tries = 500)
    void boundsAreOrderedAndWithinThePatients(@ForAll("queries") CohortQuery query) {
        Estimate estimate = estimate(query);
        assertThat(estimate.low()).isBetween(0L, estimate.likely());
        assertThat(estimate.high()).isBetween(estimate.likely(), (long) PATIENTS);
    }

    @Property(tries = 500)
    void anotherInclusionGroupNeverMakesMore(
            @ForAll("queries") CohortQuery query, @ForAll("criteria") Criterion criterion) {
        List<List<Criterion>> more = new ArrayList<>(query.inclusion());
        more.add(List.of(criterion));
        Estimate narrow = estimate(new CohortQuery(more, query.exclusion()));
        Estimate wide = estimate(query);
        assertThat(narrow.likely()).isLessThanOrEqualTo(wide.likely());
        assertThat(narrow.high()).isLessThanOrEqualTo(wide.high());
    }

    @Property(tries = 500)
    void aWiderOrNeverMakesFewer(@ForAll("queries") CohortQuery query, @ForAll("criteria") Criterion criterion) {
        List<List<Criterion>> wider = new ArrayList<>(query.inclusion());
        List<Criterion> last = new ArrayList<>(wider.removeLast());
        last.add(criterion);
        wider.add(last);
        Estimate wide = estimate(new CohortQuery(wider, query.exclusion()));
        Estimate narrow = estimate(query);
        assertThat(wide.likely()).isGreaterThanOrEqualTo(narrow.likely());
        assertThat(wide.high()).isGreaterThanOrEqualTo(narrow.high());
    }

    @Test
    void termsThatGoTogetherAreNotTakenAsIndependent() {
        assertThat(estimate(diagnosis("A0"), diagnosis("A7")).likely()).isBetween(370L, 410L);
        assertThat(estimate(diagnosis("A1"), diagnosis("A6")).likely()).isLessThan(40);
        assertThat(estimate(diagnosis("A0"), diagnosis("A6")).likely()).isBetween(120L, 135L);
    }

    @Test
    void valuesAreConvertedAndReadFromHistograms() {
        long inMilligramPerDecilitre =
                estimate(creatinine(Comparator.GE, "1.5", "mg/dL")).likely();
        assertThat(inMilligramPerDecilitre).isBetween(390L, 410L);
        assertThat(estimate(creatinine(Comparator.GE, "15", "mg/L")).likely()).isEqualTo(inMilligramPerDecilitre);
        Estimate other = estimate(creatinine(Comparator.GE, "130", "mmol/L"));
        assertThat(other.notes()).extracting(Estimate.Note::code).contains(Estimate.Code.VALUES_UNKNOWN);
        assertThat(other.low()).isZero();
    }

    @Test
    void agesComeFromTheStrata() {
        Criterion old = new Criterion(
                "Patient",
                List.of(AGE),
                "",
                new ValueFilter.Comparison(Comparator.GE, BigDecimal.valueOf(60), "a"),
                List.of(),
                null,
                CriterionExtension.NONE,
                "");
        assertThat(estimate(old).likely()).isBetween(3740L, 3760L);
    }

    @Test
    void whatASiteLacksCountsNothingAndIsSaid() {
        Estimate context = estimate(criterion("Unbekannt", "A0", null, null, CriterionExtension.NONE));
        assertThat(context.high()).isZero();
        assertThat(context.notes()).containsExactly(new Estimate.Note(Estimate.Code.CONTEXT_MISSING, "site", "/A0"));
        Estimate code = estimate(diagnosis("Z99"));
        assertThat(code.likely()).isZero();
        assertThat(code.high()).isEqualTo(30);
        Estimate feature = estimate(criterion(
                DIAGNOSIS, "A0", null, null, new CriterionExtension(null, allmende.core.cohort.Position.FIRST, null)));
        assertThat(feature.notes()).extracting(Estimate.Note::code).contains(Estimate.Code.EXTENSION_NOT_UNDERSTOOD);
        assertThat(estimator
                        .estimate(new CohortQuery(List.of(), List.of()), Map.of())
                        .notes())
                .extracting(Estimate.Note::code)
                .containsExactly(Estimate.Code.NO_STATISTICS);
    }
}
