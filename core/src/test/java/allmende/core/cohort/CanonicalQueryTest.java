package allmende.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Queries that ask the same have the same bytes; queries that do not, have not. */
final class CanonicalQueryTest {

    private static final Catalogue CATALOGUE = Catalogues.shipped();
    private static final Criterion A = criterion(null, "A");
    private static final Criterion B = criterion(null, "B");
    private static final Criterion C = criterion(null, "C");

    private static Criterion criterion(@Nullable ValueFilter value, String... codes) {
        List<Coding> terms = List.of(codes).stream()
                .map(code -> new Coding("http://loinc.org", code))
                .toList();
        return new Criterion("Laboruntersuchung", terms, "Text", value, List.of(), null, CriterionExtension.NONE, "/x");
    }

    private static String text(List<List<Criterion>> inclusion, List<List<Criterion>> exclusion) {
        return new String(CanonicalQuery.of(new CohortQuery(inclusion, exclusion)), StandardCharsets.UTF_8);
    }

    private static String included(Criterion... criteria) {
        return text(List.of(List.of(criteria)), List.of());
    }

    private static String excluded(List<List<Criterion>> groups) {
        return text(List.of(List.of(C)), groups);
    }

    @Provide
    Arbitrary<CohortQuery> queries() {
        return QueryArbitraries.queries(CATALOGUE);
    }

    @Property(tries = 80)
    void orderRepetitionAndTextsMakeNoDifference(@ForAll("queries") CohortQuery query, @ForAll long seed) {
        Random random = new Random(seed);
        CohortQuery other =
                new CohortQuery(shuffledGroups(query.inclusion(), random), shuffledGroups(query.exclusion(), random));
        assertThat(CanonicalQuery.of(other)).isEqualTo(CanonicalQuery.of(query));
    }

    private static List<List<Criterion>> shuffledGroups(List<List<Criterion>> groups, Random random) {
        return shuffled(
                groups.stream()
                        .map(group -> shuffled(group, random).stream()
                                .map(criterion -> otherwise(criterion, random))
                                .toList())
                        .toList(),
                random);
    }

    /** In another order, some of it twice. */
    private static <T> List<T> shuffled(List<T> list, Random random) {
        List<T> other = new ArrayList<>(list);
        list.stream().filter(_ -> random.nextInt(4) == 0).forEach(other::add);
        Collections.shuffle(other, random);
        return other;
    }

    private static Criterion otherwise(Criterion criterion, Random random) {
        return new Criterion(
                criterion.context(),
                shuffled(criterion.termCodes(), random),
                "Anders " + random.nextInt(),
                value(criterion.value(), random),
                shuffled(criterion.attributes(), random).stream()
                        .map(attribute -> attribute(attribute, random))
                        .toList(),
                criterion.time(),
                criterion.extension(),
                "/elsewhere");
    }

    private static AttributeFilter attribute(AttributeFilter filter, Random random) {
        return switch (filter) {
            case AttributeFilter.OfValue of -> of;
            case AttributeFilter.OfReference of ->
                new AttributeFilter.OfReference(
                        of.attribute(),
                        shuffled(of.criteria(), random).stream()
                                .map(criterion -> otherwise(criterion, random))
                                .toList());
        };
    }

    private static @Nullable ValueFilter value(@Nullable ValueFilter filter, Random random) {
        return switch (filter) {
            case null -> null;
            case ValueFilter.Concepts of -> new ValueFilter.Concepts(shuffled(of.concepts(), random));
            case ValueFilter.Comparison of ->
                new ValueFilter.Comparison(
                        of.comparator(), of.value().setScale(of.value().scale() + 2), of.unit());
            case ValueFilter.Range of ->
                new ValueFilter.Range(of.minimum(), of.maximum().setScale(9), of.unit());
        };
    }

    @Property(tries = 80)
    void writingAndReadingMakesNoDifference(@ForAll("queries") CohortQuery query) {
        ParsedQuery parsed = new CcdlReader(CATALOGUE).read(new CcdlWriter().write(query));
        assertThat(parsed).isInstanceOf(ParsedQuery.Valid.class);
        assertThat(CanonicalQuery.of(((ParsedQuery.Valid) parsed).query())).isEqualTo(CanonicalQuery.of(query));
    }

    @Test
    void theSpellingOfNumbersMakesNoDifference() {
        assertThat(included(criterion(at("5"), "A"))).isEqualTo(included(criterion(at("5.0"), "A")));
        assertThat(included(criterion(at("0"), "A"))).isEqualTo(included(criterion(at("0.00"), "A")));
        assertThat(included(criterion(at("100"), "A"))).isEqualTo(included(criterion(at("1E+2"), "A")));
        assertThat(included(criterion(at("5"), "A"))).isNotEqualTo(included(criterion(at("5.01"), "A")));
    }

    private static ValueFilter at(String number) {
        return new ValueFilter.Comparison(ValueFilter.Comparator.GE, new BigDecimal(number), "%");
    }

    @Test
    void everyPartOfACriterionMakesADifference() {
        TimeSpan year = new TimeSpan(0, 1440 * 365 - 1);
        Coding attribute = new Coding("urn:a", "x");
        CriterionExtension twice = new CriterionExtension(2, null, null);
        CriterionExtension last = new CriterionExtension(null, Position.LAST, null);
        CriterionExtension near = new CriterionExtension(null, null, new Within(3, Within.Direction.AFTER, B));
        CriterionExtension nearer = new CriterionExtension(null, null, new Within(2, Within.Direction.AFTER, B));
        List<AttributeFilter> filters = List.of(new AttributeFilter.OfValue(attribute, at("1")));
        List<Criterion> different = List.of(
                A,
                B,
                criterion(null, "A", "B"),
                criterion(at("1"), "A"),
                criterion(new ValueFilter.Comparison(ValueFilter.Comparator.GT, BigDecimal.ONE, "%"), "A"),
                criterion(new ValueFilter.Comparison(ValueFilter.Comparator.GE, BigDecimal.ONE, null), "A"),
                criterion(new ValueFilter.Range(BigDecimal.ONE, BigDecimal.TEN, "%"), "A"),
                criterion(new ValueFilter.Concepts(List.of(attribute)), "A"),
                new Criterion("Vitaldaten", A.termCodes(), "", null, List.of(), null, CriterionExtension.NONE, ""),
                new Criterion(A.context(), A.termCodes(), "", null, filters, null, CriterionExtension.NONE, ""),
                new Criterion(A.context(), A.termCodes(), "", null, List.of(), year, CriterionExtension.NONE, ""),
                new Criterion(A.context(), A.termCodes(), "", null, List.of(), null, twice, ""),
                new Criterion(A.context(), A.termCodes(), "", null, List.of(), null, last, ""),
                new Criterion(A.context(), A.termCodes(), "", null, List.of(), null, near, ""),
                new Criterion(A.context(), A.termCodes(), "", null, List.of(), null, nearer, ""));
        assertThat(different.stream().map(CanonicalQueryTest::included)).doesNotHaveDuplicates();
    }

    @Test
    void groupsDifferFromEachOther() {
        assertThat(List.of(
                        text(List.of(List.of(A, B)), List.of()),
                        text(List.of(List.of(A), List.of(B)), List.of()),
                        text(List.of(List.of(A)), List.of(List.of(B))),
                        text(List.of(List.of(B)), List.of(List.of(A))),
                        text(List.of(List.of(A)), List.of()),
                        excluded(List.of(List.of(A, B))),
                        excluded(List.of(List.of(A), List.of(B)))))
                .doesNotHaveDuplicates();
    }

    @Test
    void codesOfOneCriterionAreCriteriaOfTheirOwn() {
        assertThat(included(criterion(null, "A", "B"))).isEqualTo(included(A, B));
        assertThat(excluded(List.of(List.of(criterion(null, "A", "B")))))
                .isEqualTo(excluded(List.of(List.of(A), List.of(B))));
    }

    @Test
    void codesThatAreCountedTogetherAreNot() {
        CriterionExtension twice = new CriterionExtension(2, null, null);
        Criterion both =
                new Criterion(A.context(), criterion(null, "A", "B").termCodes(), "", null, List.of(), null, twice, "");
        Criterion one = new Criterion(A.context(), A.termCodes(), "", null, List.of(), null, twice, "");
        Criterion other = new Criterion(A.context(), B.termCodes(), "", null, List.of(), null, twice, "");
        assertThat(included(both)).isNotEqualTo(included(one, other));
    }

    @Test
    void superfluousGroupsMakeNoDifference() {
        assertThat(text(List.of(List.of(A), List.of(A, B)), List.of())).isEqualTo(included(A));
        assertThat(text(List.of(List.of(A), List.of(criterion(null, "A", "B"))), List.of()))
                .isEqualTo(included(A));
        assertThat(excluded(List.of(List.of(A), List.of(A, B)))).isEqualTo(excluded(List.of(List.of(A))));
        assertThat(excluded(List.of(List.of(A, B), List.of(A, B, C)))).isEqualTo(excluded(List.of(List.of(A, B))));
        assertThat(excluded(List.of(List.of(criterion(null, "A", "B")), List.of(A, C))))
                .isEqualTo(excluded(List.of(List.of(A), List.of(B))));
    }

    @Test
    void stepsFollowTheOrder() {
        CohortQuery one = new CohortQuery(List.of(List.of(A), List.of(B)), List.of());
        CohortQuery other = new CohortQuery(List.of(List.of(B), List.of(A)), List.of());
        assertThat(CanonicalQuery.of(one)).isEqualTo(CanonicalQuery.of(other));
        assertThat(CanonicalQuery.stepwise(one)).isNotEqualTo(CanonicalQuery.stepwise(other));
    }

    @Test
    void agesMoveWithTheDay() {
        Criterion age = new Criterion(
                "Patient",
                List.of(new Coding("http://snomed.info/sct", "424144002")),
                "",
                at("18"),
                List.of(),
                null,
                CriterionExtension.NONE,
                "");
        LocalDate today = LocalDate.of(2026, 5, 15);
        for (Criterion criterion : List.of(age, A)) {
            CohortQuery query = new CohortQuery(List.of(List.of(criterion)), List.of());
            boolean moves = CanonicalQuery.asksAge(query);
            assertThat(moves).isEqualTo(criterion == age);
            if (moves) {
                assertThat(CanonicalQuery.of(query, today)).isNotEqualTo(CanonicalQuery.of(query, today.plusDays(1)));
            } else {
                assertThat(CanonicalQuery.of(query, today)).isEqualTo(CanonicalQuery.of(query));
            }
        }
    }

    @Test
    void noTextCanPoseAsAnother() {
        Criterion tricky = new Criterion(
                "Laboruntersuchung",
                List.of(new Coding("http://loinc.org1:A", "")),
                "",
                null,
                List.of(),
                null,
                CriterionExtension.NONE,
                "");
        assertThat(included(tricky)).isNotEqualTo(included(criterion(null, "")));
        assertThat(included(criterion(null, "A,16:http://loinc.org1:B"))).isNotEqualTo(included(A, B));
    }
}
