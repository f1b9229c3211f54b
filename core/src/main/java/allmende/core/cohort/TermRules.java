package allmende.core.cohort;

import allmende.core.cohort.ContextDefinition.FactRule;
import allmende.core.cohort.ContextDefinition.TermSource;
import allmende.core.cohort.ContextDefinition.ValueKind;
import allmende.core.cohort.ContextDefinition.ValueRule;
import allmende.core.fhir.Coding;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a context's rules say about a term, before any data is read. */
public final class TermRules {

    private TermRules() {}

    /** Whether a resource of the context can have the term. */
    public static boolean canMeet(ContextDefinition context, Coding term) {
        return isDerived(context, term) || rules(context, term).findAny().isPresent();
    }

    /** Whether a criterion on the term must have a value filter. */
    public static boolean valueRequired(ContextDefinition context, Coding term) {
        return rules(context, term).anyMatch(FactRule::valueRequired);
    }

    /** The kinds of value that every one of the terms can have. */
    public static Set<ValueKind> valueKinds(ContextDefinition context, List<Coding> terms) {
        Set<ValueKind> common = EnumSet.allOf(ValueKind.class);
        for (Coding term : terms) {
            common.retainAll(kinds(
                    rules(context, term).flatMap(rule -> rule.values().stream()).toList()));
        }
        return common;
    }

    /** The kinds of these values. */
    public static Set<ValueKind> kinds(List<ValueRule> values) {
        Set<ValueKind> kinds = EnumSet.noneOf(ValueKind.class);
        values.forEach(value -> kinds.add(value.kind()));
        return kinds;
    }

    /** The terms that the context knows: terms by their text, code systems by their URI. */
    static String known(ContextDefinition context) {
        Stream<String> terms = context.facts().stream().flatMap(rule -> switch (rule.term()) {
            case TermSource.Fixed fixed ->
                Stream.of(fixed.display() + " (" + fixed.coding().code() + ")");
            case TermSource.Element element -> element.systems().stream();
            case TermSource.Referenced _ -> Stream.of();
        });
        return terms.distinct().collect(Collectors.joining(", "));
    }

    private static boolean isDerived(ContextDefinition context, Coding term) {
        return context.derived().stream().anyMatch(derived -> derived.term().equals(term));
    }

    private static Stream<FactRule> rules(ContextDefinition context, Coding term) {
        return context.facts().stream().filter(rule -> switch (rule.term()) {
            case TermSource.Fixed fixed -> fixed.coding().equals(term);
            case TermSource.Element element ->
                element.systems().isEmpty() || element.systems().contains(term.system());
            case TermSource.Referenced _ -> true;
        });
    }
}
