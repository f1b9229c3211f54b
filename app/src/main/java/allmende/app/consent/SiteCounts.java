package allmende.app.consent;

import allmende.app.site.SiteData;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.CriterionExtension;
import allmende.core.consent.ConsentRequest;
import allmende.core.consent.Policy;
import allmende.core.consent.PolicyCatalogue;
import allmende.core.fhir.Coding;
import allmende.engine.count.CountAnswer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many patients of a site permit what on a day: the same counts that a query for these policies would give.
 *
 * @param t the snapshot that was counted
 * @param patients all patients
 * @param research those who permit use for research and collection of medical data
 */
record SiteCounts(LocalDate day, long t, long patients, long research, List<PolicyCount> policies) {

    /** Policies that are told of: medical data, the past, insurance, biosamples, contact, transfer. */
    private static final List<Integer> TOLD = List.of(6, 8, 9, 45, 13, 22, 27, 28, 29, 31, 37, 49, 55);

    /** How many permit a policy. */
    record PolicyCount(Policy policy, long patients) {}

    static SiteCounts read(SiteData data, LocalDate day) {
        CountAnswer research = data.count(
                new CohortQuery(List.of(List.of(on(Policy.COLLECT)), List.of(on(Policy.USE))), List.of()), day);
        List<PolicyCount> counts = new ArrayList<>();
        for (int number : TOLD) {
            @Nullable Policy policy = PolicyCatalogue.shipped().find(number);
            if (policy != null) {
                long count = data.count(new CohortQuery(List.of(List.of(on(number))), List.of()), day)
                        .count();
                counts.add(new PolicyCount(policy, count));
            }
        }
        long patients = data.index().read(snapshot -> snapshot.patients().getLongCardinality());
        return new SiteCounts(day, research.t(), patients, research.count(), List.copyOf(counts));
    }

    private static Criterion on(int policy) {
        Coding coding = ConsentRequest.coding(Policy.code(policy));
        return new Criterion(
                ConsentRequest.CONTEXT, List.of(coding), "", null, List.of(), null, CriterionExtension.NONE, "");
    }
}
