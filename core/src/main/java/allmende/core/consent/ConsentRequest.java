package allmende.core.consent;

import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.Problem;
import allmende.core.fhir.Coding;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a job asks of consent. Made once when the job begins and frozen with it, so that a job that runs over midnight
 * evaluates one day.
 *
 * @param policies codes of the broad consent that the job rests on; none: it does not rest on consent, and none is
 *     enforced
 * @param day the day on which use must be permitted; what was declared later does not count
 * @param rules whose rules
 */
public record ConsentRequest(SortedSet<String> policies, LocalDate day, Rules rules) {

    /** Code of the context of consent criteria. */
    public static final String CONTEXT = "Einwilligung";

    public ConsentRequest {
        policies = Collections.unmodifiableSortedSet(new TreeSet<>(policies));
    }

    /**
     * What a cohort query asks: the policies that its inclusion criteria name, combined codes as what they stand for.
     * Which patients meet them and how they are joined by and and or is the cohort's matter; here they tell which data of
     * these patients may be used.
     */
    public static ConsentRequest of(CohortQuery query, LocalDate day, Rules rules) {
        SortedSet<String> policies = new TreeSet<>();
        query.inclusion().stream()
                .flatMap(List::stream)
                .filter(criterion -> criterion.context().equals(CONTEXT))
                .flatMap(criterion -> criterion.termCodes().stream())
                .forEach(code -> policies.addAll(CombinedPolicies.codes(code)));
        return new ConsentRequest(policies, day, rules);
    }

    /** Collection and use of medical data for research, whatever a query asks. */
    public static ConsentRequest research(LocalDate day) {
        return new ConsentRequest(
                new TreeSet<>(List.of(Policy.code(Policy.COLLECT), Policy.code(Policy.USE))), day, Rules.ALLMENDE);
    }

    /** Whether anything is withheld for want of consent. */
    public boolean enforced() {
        return rules != Rules.NONE && !policies.isEmpty();
    }

    /** Whether a policy is asked for. */
    boolean asks(int policy) {
        return policies.contains(Policy.code(policy));
    }

    /**
     * Why a query can't be run by these rules. The reference rules know no consent in exclusion criteria, and want
     * collection (.6) and use (.8) together; ours and none take every query.
     */
    public static List<Problem> problems(CohortQuery query, Rules rules) {
        List<Problem> problems = new ArrayList<>();
        if (rules != Rules.REFERENCE) {
            return problems;
        }
        for (List<Criterion> group : query.exclusion()) {
            for (Criterion criterion : group) {
                if (criterion.context().equals(CONTEXT)) {
                    problems.add(new Problem(
                            criterion.pointer(),
                            "The reference rules know no consent among exclusion criteria; use our own rules."));
                }
            }
        }
        ConsentRequest request = of(query, LocalDate.EPOCH, rules);
        if (!request.policies().isEmpty() && !(request.asks(Policy.COLLECT) && request.asks(Policy.USE))) {
            problems.add(new Problem(
                    "",
                    "The reference rules want policies .6 and .8 together; add the missing one or use our own rules."));
        }
        return problems;
    }

    /** The coding of a policy as queries and facts have it. */
    public static Coding coding(String policy) {
        return new Coding(Policy.SYSTEM, policy);
    }
}
