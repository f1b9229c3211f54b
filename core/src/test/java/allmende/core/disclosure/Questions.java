package allmende.core.disclosure;

import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.CriterionExtension;
import allmende.core.cohort.Funnel;
import allmende.core.fhir.Coding;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;

/** Questions and counts for tests. */
final class Questions {

    static final NoiseKey KEY = NoiseKey.of("a key of exactly thirty-two byte".getBytes(StandardCharsets.US_ASCII));

    static final CountReport.Privacy PRIVACY = new CountReport.Privacy(0.5, true, 19.5, 20, 28, 10);

    static final LocalDate TODAY = LocalDate.of(2026, 1, 31);

    private Questions() {}

    static Criterion criterion(String code) {
        return new Criterion(
                "Diagnose",
                List.of(new Coding("http://fhir.de/CodeSystem/bfarm/icd-10-gm", code)),
                code,
                null,
                List.of(),
                null,
                CriterionExtension.NONE,
                "");
    }

    /** All of these codes, each in a group of its own. */
    static Question all(String... codes) {
        return of(List.of(codes).stream().map(code -> List.of(criterion(code))).toList(), List.of());
    }

    static Question of(List<List<Criterion>> inclusion, List<List<Criterion>> exclusion) {
        return Question.of(new CohortQuery(inclusion, exclusion), TODAY, DisclosureRules.DEFAULT);
    }

    /** A funnel with so many patients who remain after each inclusion step. */
    static CohortCounts counts(long... remaining) {
        return counts(Strata.NONE, remaining);
    }

    static CohortCounts counts(Strata strata, long... remaining) {
        List<Funnel.Step> steps = java.util.Arrays.stream(remaining)
                .mapToObj(count -> new Funnel.Step(List.of(new Funnel.Leaf("", "/0", count + 5)), count + 5, count))
                .toList();
        return new CohortCounts(new Funnel(steps, List.of(), remaining[remaining.length - 1]), strata, 3);
    }

    static CountReport release(DisclosureRules rules, CohortCounts counts, Question question) {
        return new CountGate(rules, KEY)
                .release(Unreleased.of(counts), question, PRIVACY)
                .content();
    }

    static DisclosureRules rules(double epsilon, DisclosureRules.Kind kind, long rounding) {
        DisclosureRules usual = DisclosureRules.DEFAULT;
        return new DisclosureRules(
                usual.minimum(), epsilon, kind, rounding, usual.delta(), usual.shares(), usual.budget(), 1);
    }
}
