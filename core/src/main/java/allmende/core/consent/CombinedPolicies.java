package allmende.core.consent;

import allmende.core.cohort.Catalogues;
import allmende.core.cohort.ContextDefinition;
import allmende.core.fhir.Coding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The combined codes that portals offer, as the policies that they stand for. */
final class CombinedPolicies {

    private static final Map<Coding, Set<String>> CODES = read();

    private CombinedPolicies() {}

    /** Policy codes of a term of a consent criterion; none where it is neither a policy nor a combined code. */
    static Set<String> codes(Coding term) {
        int number = Policy.number(term.system(), term.code());
        return number > 0 ? Set.of(Policy.code(number)) : CODES.getOrDefault(term, Set.of());
    }

    private static Map<Coding, Set<String>> read() {
        Map<Coding, Set<String>> codes = new HashMap<>();
        List<ContextDefinition.DerivedTerm> derived = Catalogues.shipped()
                .context(ConsentRequest.CONTEXT)
                .map(ContextDefinition::derived)
                .orElse(List.of());
        for (ContextDefinition.DerivedTerm term : derived) {
            // alternatives are a module and one of its policies, the policy last
            codes.put(
                    term.term(),
                    term.all().stream().map(group -> group.getLast().code()).collect(Collectors.toUnmodifiableSet()));
        }
        return codes;
    }
}
