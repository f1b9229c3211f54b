package allmende.core.explain;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.Catalogues;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.CriterionExtension;
import allmende.core.cohort.Feature;
import allmende.core.cohort.Position;
import allmende.core.cohort.ValueFilter;
import allmende.core.cohort.ValueFilter.Comparator;
import allmende.core.cohort.Within;
import allmende.core.explain.Finding.Code;
import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import allmende.core.terminology.Hierarchy;
import allmende.core.terminology.Terminology;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a review finds, and what it does not. */
final class QueryReviewTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 5, 15);
    private static final Catalogue CATALOGUE = Catalogues.shipped();
    private static final String ICD = Terminology.ICD_10_GM;
    private static final Coding AGE = new Coding("http://snomed.info/sct", "424144002");
    private static final Coding SEX = new Coding("http://snomed.info/sct", "263495000");
    private static final Terminology TERMINOLOGY = terminology();

    private static final Criterion E11 = diagnosis("E11");
    private static final Criterion E11_9 = diagnosis("E11.9");
    private static final Criterion I50 = diagnosis("I50");
    private static final Criterion CONSENT =
            criterion("Einwilligung", new Coding("fdpg.consent.combined", "yes-yes-no-no"), null, null);

    private static Terminology terminology() {
        List<Hierarchy.Concept> concepts = List.of(
                new Hierarchy.Concept("E11", "Diabetes mellitus, Typ 2", List.of()),
                new Hierarchy.Concept("E11.9", "ohne Komplikationen", List.of("E11")),
                new Hierarchy.Concept("I50", "Herzinsuffizienz", List.of()));
        Hierarchy hierarchy = ((Hierarchy.Built.Whole) Hierarchy.of(concepts)).hierarchy();
        return Terminology.of(List.of(new Terminology.CodeSystem(ICD, "2025", hierarchy)));
    }

    private static Criterion criterion(
            String context, Coding term, @Nullable ValueFilter value, @Nullable TimeSpan time) {
        return new Criterion(
                context,
                List.of(term),
                term.code(),
                value,
                List.of(),
                time,
                CriterionExtension.NONE,
                "/" + term.code());
    }

    private static Criterion diagnosis(String code) {
        return criterion("Diagnose", new Coding(ICD, code), null, null);
    }

    private static Criterion laboratory(Comparator comparator, String value, String unit) {
        Coding term = new Coding("http://loinc.org", "4548-4");
        return criterion("Laboruntersuchung", term, comparison(comparator, value, unit), null);
    }

    private static ValueFilter comparison(Comparator comparator, String value, String unit) {
        return new ValueFilter.Comparison(comparator, new BigDecimal(value), unit);
    }

    private static Criterion age(Comparator comparator, String value) {
        return criterion("Patient", AGE, comparison(comparator, value, "a"), null);
    }

    private static Criterion sex(String... codes) {
        List<Coding> chosen = Arrays.stream(codes)
                .map(code -> new Coding("http://hl7.org/fhir/administrative-gender", code))
                .toList();
        return criterion("Patient", SEX, new ValueFilter.Concepts(chosen), null);
    }

    private static TimeSpan days(LocalDate first, LocalDate last) {
        return new TimeSpan(first.toEpochDay() * 1440, last.toEpochDay() * 1440 + 1439);
    }

    private static Criterion extended(Criterion plain, CriterionExtension extension) {
        return new Criterion(
                plain.context(),
                plain.termCodes(),
                plain.display(),
                plain.value(),
                plain.attributes(),
                plain.time(),
                extension,
                plain.pointer());
    }

    private static List<Code> review(List<List<Criterion>> inclusion, List<List<Criterion>> exclusion) {
        return review(inclusion, exclusion, Availability.UNKNOWN);
    }

    private static List<Code> review(
            List<List<Criterion>> inclusion, List<List<Criterion>> exclusion, Availability availability) {
        return QueryReview.of(new CohortQuery(inclusion, exclusion), CATALOGUE, TERMINOLOGY, availability, TODAY)
                .stream()
                .map(Finding::code)
                .filter(code -> code != Code.NO_CONSENT)
                .toList();
    }

    private static List<Code> included(Criterion... criteria) {
        return review(Arrays.stream(criteria).map(List::of).toList(), List.of());
    }

    @Test
    void nothingIsSaidOfAnOrdinaryQuery() {
        CohortQuery query = new CohortQuery(
                List.of(List.of(CONSENT), List.of(age(Comparator.GE, "18")), List.of(E11, I50)),
                List.of(List.of(laboratory(Comparator.GE, "7", "%"))));
        assertThat(QueryReview.of(query, CATALOGUE, TERMINOLOGY, Availability.UNKNOWN, TODAY))
                .isEmpty();
    }

    @Test
    void exclusionOfWhatIsIncludedLeavesNobody() {
        assertThat(review(List.of(List.of(E11)), List.of(List.of(E11)))).containsExactly(Code.EXCLUSION_REMOVES_ALL);
        assertThat(review(List.of(List.of(E11_9)), List.of(List.of(E11)))).containsExactly(Code.EXCLUSION_REMOVES_ALL);
        assertThat(review(List.of(List.of(E11), List.of(I50)), List.of(List.of(E11, I50))))
                .containsExactly(Code.EXCLUSION_REMOVES_ALL);
    }

    @Test
    void exclusionOfSomethingNarrowerLeavesSomebody() {
        assertThat(review(List.of(List.of(E11)), List.of(List.of(E11_9)))).isEmpty();
        assertThat(review(List.of(List.of(E11)), List.of(List.of(E11, I50)))).isEmpty();
    }

    @Test
    void oneOfSeveralThatIsExcludedFindsNobody() {
        assertThat(review(List.of(List.of(E11, I50)), List.of(List.of(E11)))).containsExactly(Code.CONTRADICTION);
        assertThat(review(List.of(List.of(E11, I50)), List.of(List.of(diagnosis("Z99"), E11))))
                .containsExactly(Code.UNKNOWN_CODE);
    }

    @Test
    void aGroupThatAnotherOneSwallows() {
        assertThat(review(List.of(List.of(E11), List.of(E11, I50)), List.of())).containsExactly(Code.GROUP_SUPERFLUOUS);
        assertThat(included(E11, E11_9)).containsExactly(Code.GROUP_SUPERFLUOUS);
        assertThat(included(E11, E11)).containsExactly(Code.GROUP_SUPERFLUOUS);
        assertThat(included(E11, I50)).isEmpty();
    }

    @Test
    void aStricterValueSwallowsALooserOne() {
        assertThat(included(laboratory(Comparator.GE, "8", "%"), laboratory(Comparator.GT, "7", "%")))
                .containsExactly(Code.GROUP_SUPERFLUOUS);
        assertThat(included(laboratory(Comparator.GE, "8", "%"), laboratory(Comparator.NE, "7", "%")))
                .isEmpty();
    }

    @Test
    void somethingSaidTwice() {
        assertThat(review(List.of(List.of(E11, E11)), List.of())).containsExactly(Code.REPEATED);
        assertThat(review(List.of(List.of(I50)), List.of(List.of(E11, E11)))).containsExactly(Code.REPEATED);
    }

    @Test
    void aCodeBelowAnotherOne() {
        assertThat(review(List.of(List.of(E11, E11_9)), List.of())).containsExactly(Code.CODE_COVERED);
        assertThat(review(List.of(List.of(I50)), List.of(List.of(E11), List.of(E11_9))))
                .containsExactly(Code.CODE_COVERED);
        Criterion both = new Criterion(
                "Diagnose",
                List.of(new Coding(ICD, "E11"), new Coding(ICD, "E11.9")),
                "E11",
                null,
                List.of(),
                null,
                CriterionExtension.NONE,
                "");
        assertThat(included(both)).containsExactly(Code.CODE_COVERED);
        assertThat(review(List.of(List.of(E11, I50)), List.of())).isEmpty();
    }

    @Test
    void valuesThatNoSingleResultHas() {
        assertThat(included(laboratory(Comparator.GE, "8", "%"), laboratory(Comparator.LT, "7", "%")))
                .containsExactly(Code.VALUES_APART);
        assertThat(included(laboratory(Comparator.GE, "1", "g/L"), laboratory(Comparator.LT, "90", "mg/dL")))
                .containsExactly(Code.VALUES_APART);
        assertThat(included(laboratory(Comparator.GE, "7", "%"), laboratory(Comparator.LE, "7", "%")))
                .isEmpty();
        assertThat(included(laboratory(Comparator.GE, "8", "%"), laboratory(Comparator.LT, "7", "mg/dL")))
                .isEmpty();
    }

    @Test
    void agesThatNobodyHas() {
        assertThat(included(age(Comparator.GE, "18"), age(Comparator.LT, "18")))
                .containsExactly(Code.PERSON_IMPOSSIBLE);
        assertThat(included(age(Comparator.EQ, "1.5"))).containsExactly(Code.AGE_IMPOSSIBLE);
        assertThat(review(List.of(List.of(age(Comparator.GE, "65"))), List.of(List.of(age(Comparator.GE, "60")))))
                .contains(Code.PERSON_IMPOSSIBLE);
        assertThat(included(age(Comparator.GE, "18"), age(Comparator.LE, "18"))).isEmpty();
        assertThat(review(List.of(List.of(age(Comparator.GE, "60"))), List.of(List.of(age(Comparator.GE, "65")))))
                .isEmpty();
    }

    @Test
    void sexesThatNobodyHasAtOnce() {
        assertThat(included(sex("female"), sex("male"))).containsExactly(Code.PERSON_IMPOSSIBLE);
        assertThat(included(sex("female", "male"), sex("male", "other"))).isEmpty();
        assertThat(review(List.of(List.of(sex("female"), sex("male"))), List.of()))
                .isEmpty();
    }

    @Test
    void daysInTheFuture() {
        Coding term = new Coding(ICD, "E11");
        assertThat(included(criterion("Diagnose", term, null, days(TODAY.plusDays(1), TODAY.plusDays(9)))))
                .containsExactly(Code.TIME_IN_FUTURE);
        assertThat(included(criterion("Diagnose", term, null, days(TODAY, TODAY.plusDays(9)))))
                .isEmpty();
    }

    @Test
    void daysTooFarFromThoseOfTheOtherCriterion() {
        TimeSpan year2020 = days(LocalDate.of(2020, 1, 1), LocalDate.of(2020, 12, 31));
        TimeSpan year2022 = days(LocalDate.of(2022, 1, 1), LocalDate.of(2022, 12, 31));
        Criterion other = criterion("Diagnose", new Coding(ICD, "I50"), null, year2020);
        Criterion late = criterion("Diagnose", new Coding(ICD, "E11"), null, year2022);
        assertThat(included(extended(late, within(30, Within.Direction.AFTER, other))))
                .containsExactly(Code.TIME_APART);
        assertThat(included(extended(late, within(9000, Within.Direction.BEFORE, other))))
                .containsExactly(Code.TIME_APART);
        assertThat(included(extended(late, within(400, Within.Direction.AFTER, other))))
                .isEmpty();
    }

    private static CriterionExtension within(int days, Within.Direction direction, Criterion of) {
        return new CriterionExtension(null, null, new Within(days, direction, of));
    }

    @Test
    void codesThatDoNotExist() {
        assertThat(included(diagnosis("E11.X"))).containsExactly(Code.UNKNOWN_CODE);
        assertThat(included(criterion("Laboruntersuchung", new Coding("http://loinc.org", "1-1"), null, null)))
                .isEmpty();
    }

    @Test
    void codesWithoutData() {
        assertThat(review(List.of(List.of(E11)), List.of(), known(Map.of("E11", 0L))))
                .containsExactly(Code.NO_DATA);
        assertThat(review(List.of(List.of(E11)), List.of(), known(Map.of("E11", 5L))))
                .isEmpty();
        assertThat(review(List.of(List.of(E11)), List.of(), known(Map.of()))).isEmpty();
    }

    @Test
    void unitsThatNoSiteHas() {
        Availability percent = known(Map.of());
        assertThat(review(List.of(List.of(laboratory(Comparator.GE, "7", "mg/dL"))), List.of(), percent))
                .containsExactly(Code.UNIT_MISMATCH);
        assertThat(review(List.of(List.of(laboratory(Comparator.GE, "0.07", "1"))), List.of(), percent))
                .isEmpty();
        assertThat(included(laboratory(Comparator.GE, "7", "mg/dL"))).isEmpty();
    }

    @Test
    void extensionsThatSomeSitesDoNotUnderstand() {
        Criterion last =
                extended(laboratory(Comparator.GE, "7", "%"), new CriterionExtension(null, Position.LAST, null));
        Criterion often = extended(E11, new CriterionExtension(2, null, null));
        assertThat(review(List.of(List.of(last)), List.of(), known(Map.of())))
                .containsExactly(Code.EXTENSION_NOT_UNDERSTOOD);
        assertThat(review(List.of(List.of(often)), List.of(), known(Map.of()))).isEmpty();
    }

    @Test
    void consentIsMissed() {
        CohortQuery without = new CohortQuery(List.of(List.of(E11)), List.of());
        CohortQuery with = new CohortQuery(List.of(List.of(E11), List.of(CONSENT)), List.of());
        CohortQuery maybe = new CohortQuery(List.of(List.of(E11, CONSENT)), List.of());
        assertThat(codes(without)).containsExactly(Code.NO_CONSENT);
        assertThat(codes(with)).isEmpty();
        assertThat(codes(maybe)).containsExactly(Code.NO_CONSENT);
    }

    private static List<Code> codes(CohortQuery query) {
        return QueryReview.of(query, CATALOGUE, TERMINOLOGY, Availability.UNKNOWN, TODAY).stream()
                .map(Finding::code)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void everyFindingHasASentenceInBothLanguages(Code code) {
        Finding finding =
                new Finding(code, Finding.Severity.HINT, "", List.of("Erstes", "Zweites", "Drittes"), List.of());
        assertThat(finding.text(Locale.GERMAN)).endsWith(".").doesNotContain("{");
        assertThat(finding.text(Locale.ENGLISH))
                .endsWith(".")
                .doesNotContain("{")
                .isNotEqualTo(finding.text(Locale.GERMAN));
    }

    private static Availability known(Map<String, Long> patients) {
        return new Availability() {
            @Override
            public OptionalLong patients(String context, Coding coding) {
                Long known = patients.get(coding.code());
                return known == null ? OptionalLong.empty() : OptionalLong.of(known);
            }

            @Override
            public Set<String> units(String context, Coding coding) {
                return context.equals("Laboruntersuchung") ? Set.of("%") : Set.of();
            }

            @Override
            public Set<String> without(Feature feature) {
                return feature == Feature.POSITION ? Set.of("Kleinstadt") : Set.of();
            }
        };
    }
}
