package allmende.core.explain;

import allmende.core.cohort.ContextDefinition;
import allmende.core.cohort.ContextDefinition.DerivedTerm;
import allmende.core.cohort.ContextDefinition.FactRule;
import allmende.core.cohort.ContextDefinition.TermSource;
import allmende.core.cohort.ContextDefinition.ValueKind;
import allmende.core.cohort.ContextDefinition.ValueRule;
import allmende.core.cohort.ValueFilter;
import allmende.core.fhir.Coding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what a resource R must have: one of the codes, and the value that belongs to it. */
final class CqlValues {

    private static final String OR = "\n        or ";

    private final CqlSystems systems;

    CqlValues(CqlSystems systems) {
        this.systems = systems;
    }

    /** Any of the context's rules about codes and values. */
    String facts(ContextDefinition context, List<Coding> terms, @Nullable ValueFilter value, String number) {
        List<String> rules = new ArrayList<>();
        for (FactRule rule : context.facts()) {
            if (value == null || !rule.values().isEmpty()) {
                rules.add(rule(rule, terms, value, number));
            }
        }
        for (DerivedTerm derived : context.derived()) {
            if (terms.contains(derived.term())) {
                rules.add(derived(context, derived));
            }
        }
        rules.removeIf(String::isEmpty);
        return rules.size() == 1 ? rules.getFirst() : "(" + String.join(OR, rules) + ")";
    }

    private String rule(FactRule rule, List<Coding> terms, @Nullable ValueFilter value, String number) {
        String each = rule.each();
        String alias = each == null ? "R." : "P.";
        String term = term(rule.term(), terms, alias, number);
        if (term.isEmpty()) {
            return "";
        }
        String both = value == null ? term : term + " and " + any(rule.values(), value, alias);
        return each == null ? both : "exists (" + CqlPaths.of("R.", each) + " P where " + both + ")";
    }

    private static String term(TermSource source, List<Coding> terms, String alias, String number) {
        return switch (source) {
            case TermSource.Element element -> coded(CqlPaths.of(alias, element.path()), codes(number));
            case TermSource.Referenced referenced ->
                "exists ([" + referenced.type() + "] M where EndsWith(" + CqlPaths.of(alias, referenced.reference())
                        + ".reference, '/' + M.id) and " + coded(CqlPaths.of("M.", referenced.path()), codes(number))
                        + ")";
            case TermSource.Fixed fixed -> terms.contains(fixed.coding()) ? "true" : "";
        };
    }

    private static String codes(String number) {
        return CqlPaths.name("Codes " + number);
    }

    private static String coded(String path, String codes) {
        String codings = path.contains(".coding") ? path : path + ".coding";
        return "exists (" + codings + " C where ToCode(C) in " + codes + ")";
    }

    private String derived(ContextDefinition context, DerivedTerm derived) {
        String path = context.facts().stream()
                .map(FactRule::term)
                .filter(TermSource.Element.class::isInstance)
                .map(source -> CqlPaths.of("R.", ((TermSource.Element) source).path()))
                .findFirst()
                .orElse("R.code");
        return derived.all().stream()
                .map(group -> coded(path, list(group)))
                .collect(Collectors.joining(" and ", "(", ")"));
    }

    private String list(List<Coding> codings) {
        return codings.stream().map(systems::code).collect(Collectors.joining(", ", "{ ", " }"));
    }

    /** Any of the values passes the filter. */
    String any(List<ValueRule> values, ValueFilter filter, String alias) {
        List<String> any = new ArrayList<>();
        for (ValueRule rule : values) {
            String path = CqlPaths.of(alias, rule.path());
            String condition = filter instanceof ValueFilter.Concepts(List<Coding> concepts)
                    ? concepts(rule, path, concepts)
                    : quantity(rule, path, filter);
            if (!condition.isEmpty()) {
                any.add(condition);
            }
        }
        return any.size() == 1 ? any.getFirst() : any.stream().collect(Collectors.joining(" or ", "(", ")"));
    }

    private String concepts(ValueRule rule, String path, List<Coding> concepts) {
        if (rule.kind() != ValueKind.CONCEPT) {
            return "";
        }
        return rule.system() == null
                ? coded(path, list(concepts))
                : path
                        + concepts.stream()
                                .map(concept -> CqlPaths.text(concept.code()))
                                .collect(Collectors.joining(", ", " in { ", " }"));
    }

    private static String quantity(ValueRule rule, String path, ValueFilter filter) {
        boolean bare = !path.endsWith("as FHIR.Quantity)");
        String unit = unit(filter);
        if (rule.kind() != ValueKind.QUANTITY || (bare && unit != null)) {
            return "";
        }
        String number = bare || unit != null ? path : path + ".value";
        String suffix = unit == null ? "" : " " + CqlPaths.text(unit);
        return switch (filter) {
            case ValueFilter.Concepts _ -> "";
            case ValueFilter.Comparison comparison ->
                number + " " + CqlCriterion.operator(comparison.comparator()) + " "
                        + comparison.value().toPlainString() + suffix;
            case ValueFilter.Range range ->
                number + " between " + range.minimum().toPlainString() + suffix + " and "
                        + range.maximum().toPlainString() + suffix;
        };
    }

    private static @Nullable String unit(ValueFilter filter) {
        return switch (filter) {
            case ValueFilter.Concepts _ -> null;
            case ValueFilter.Comparison comparison -> comparison.unit();
            case ValueFilter.Range range -> range.unit();
        };
    }
}
