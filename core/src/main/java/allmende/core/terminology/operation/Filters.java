package allmende.core.terminology.operation;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Evaluates the filters of a value set over the concepts of a code system. */
final class Filters {

    /** What came of it. */
    sealed interface Result {
        /** These concepts. */
        record Concepts(BitSet concepts) implements Result {}

        /** It can't be evaluated; a sentence says why. */
        record Not(Gap.Kind kind, String reason) implements Result {}
    }

    private final ConceptTable table;

    Filters(ConceptTable table) {
        this.table = table;
    }

    /** Concepts for which every filter holds. */
    Result all(List<Compose.Filter> filters) {
        BitSet left = everything();
        for (Compose.Filter filter : filters) {
            switch (one(filter)) {
                case Result.Concepts(BitSet concepts) -> left.and(concepts);
                case Result.Not not -> {
                    return not;
                }
            }
        }
        return new Result.Concepts(left);
    }

    private Result one(Compose.Filter filter) {
        String property = filter.property().toLowerCase(Locale.ROOT);
        return switch (property) {
            case "concept", "code", "" -> byConcept(filter);
            case "constraint", "expression" ->
                filter.op().equals("=") ? new Ecl(table).evaluate(filter.value()) : unsupported(filter);
            case "parent", "ancestor", "child", "descendant" ->
                filter.op().equals("=") || filter.op().equals("in") ? byPlace(property, filter) : byValue(filter);
            default -> byValue(filter);
        };
    }

    private Result byConcept(Compose.Filter filter) {
        String value = filter.value();
        return switch (filter.op()) {
            case "is-a" -> concepts(below(value, true));
            case "descendent-of" -> concepts(below(value, false));
            case "is-not-a" -> concepts(not(below(value, true)));
            case "generalizes" -> concepts(above(value));
            case "child-of" -> concepts(children(value));
            case "descendent-leaf" -> concepts(leaves(below(value, false)));
            case "=" -> concepts(codes(Set.of(value)));
            case "in" -> concepts(codes(listed(value)));
            case "not-in" -> concepts(not(codes(listed(value))));
            case "regex" -> regex(value, concept -> List.of(table.code(concept)));
            case "exists" -> concepts(value.equals("true") ? everything() : new BitSet());
            default -> unsupported(filter);
        };
    }

    private Result byPlace(String property, Compose.Filter filter) {
        BitSet all = new BitSet(table.size());
        for (String code : listed(filter.value())) {
            switch (property) {
                case "parent" -> all.or(children(code));
                case "ancestor" -> all.or(below(code, false));
                case "child" -> {
                    int concept = table.find(code);
                    if (concept >= 0) {
                        for (int parent : table.parents(concept)) {
                            all.set(parent);
                        }
                    }
                }
                default -> {
                    BitSet above = above(code);
                    int concept = table.find(code);
                    if (concept >= 0) {
                        above.clear(concept);
                    }
                    all.or(above);
                }
            }
        }
        return concepts(all);
    }

    private Result byValue(Compose.Filter filter) {
        boolean display = filter.property().equals("display");
        String name =
                display ? "display" : table.propertyName(filter.property()).orElse("");
        if (name.isEmpty() && declared(filter.property())) {
            name = filter.property();
        }
        if (name.isEmpty()) {
            return filter.property().equalsIgnoreCase("inactive")
                            || filter.property().equalsIgnoreCase("status")
                    ? byActivity(filter)
                    : new Result.Not(
                            Gap.Kind.UNSUPPORTED,
                            "The code system " + table.facts().canonical() + " has no property " + filter.property()
                                    + ".");
        }
        String property = name;
        Values values =
                display ? concept -> List.of(table.display(concept)) : concept -> table.values(concept, property);
        Set<String> wanted = listed(filter.value());
        return switch (filter.op()) {
            case "=" -> concepts(where(values, filter.value()::equals));
            case "in" -> concepts(where(values, wanted::contains));
            case "not-in" -> concepts(not(where(values, wanted::contains)));
            case "regex" -> regex(filter.value(), values);
            case "exists" -> {
                BitSet having = where(values, _ -> true);
                yield concepts(filter.value().equals("true") ? having : not(having));
            }
            default -> unsupported(filter);
        };
    }

    /** A system may say nothing of activity in its properties: what is known of it counts. */
    private Result byActivity(Compose.Filter filter) {
        boolean inactiveWanted = filter.property().equalsIgnoreCase("inactive")
                ? filter.value().equals("true")
                : !filter.value().equalsIgnoreCase("active");
        if (!filter.op().equals("=")) {
            return unsupported(filter);
        }
        BitSet found = new BitSet(table.size());
        for (int concept = 0; concept < table.size(); concept++) {
            found.set(concept, table.active(concept) != inactiveWanted);
        }
        return concepts(found);
    }

    /** The values of a property of a concept. */
    @FunctionalInterface
    private interface Values {
        List<String> of(int concept);
    }

    private BitSet where(Values values, Predicate<String> wanted) {
        BitSet found = new BitSet(table.size());
        for (int concept = 0; concept < table.size(); concept++) {
            if (values.of(concept).stream().anyMatch(wanted)) {
                found.set(concept);
            }
        }
        return found;
    }

    private Result regex(String expression, Values values) {
        if (expression.length() > BoundedText.PATTERN_MAX) {
            return new Result.Not(Gap.Kind.TOO_COSTLY, "A regular expression of a filter is too long.");
        }
        try {
            Pattern pattern = Pattern.compile(expression);
            return concepts(where(values, text -> BoundedText.matches(pattern, text)));
        } catch (PatternSyntaxException malformed) {
            return new Result.Not(Gap.Kind.INVALID, "A regular expression of a filter is malformed.");
        } catch (BoundedText.TooLong | StackOverflowError tooLong) {
            return new Result.Not(Gap.Kind.TOO_COSTLY, "A regular expression of a filter tries too long.");
        }
    }

    private boolean declared(String property) {
        return table.declared().stream().anyMatch(each -> each.code().equals(property));
    }

    private BitSet everything() {
        BitSet all = new BitSet(table.size());
        all.set(0, table.size());
        return all;
    }

    private BitSet not(BitSet concepts) {
        BitSet all = everything();
        all.andNot(concepts);
        return all;
    }

    private BitSet below(String code, boolean self) {
        int concept = table.find(code);
        if (concept < 0) {
            return new BitSet();
        }
        BitSet below = table.descendants(concept);
        below.set(concept, self);
        return below;
    }

    private BitSet above(String code) {
        int concept = table.find(code);
        return concept < 0 ? new BitSet() : table.ancestors(concept);
    }

    private BitSet children(String code) {
        BitSet children = new BitSet();
        int concept = table.find(code);
        if (concept >= 0) {
            for (int child : table.children(concept)) {
                children.set(child);
            }
        }
        return children;
    }

    private BitSet leaves(BitSet concepts) {
        BitSet leaves = new BitSet();
        concepts.stream().filter(each -> table.children(each).length == 0).forEach(leaves::set);
        return leaves;
    }

    private BitSet codes(Set<String> codes) {
        BitSet found = new BitSet();
        for (String code : codes) {
            int concept = table.find(code);
            if (concept >= 0) {
                found.set(concept);
            }
        }
        return found;
    }

    private static Set<String> listed(String value) {
        Set<String> values = new HashSet<>();
        for (String each : value.split(",", -1)) {
            values.add(each.strip());
        }
        return values;
    }

    private static Result concepts(BitSet concepts) {
        return new Result.Concepts(concepts);
    }

    private static Result unsupported(Compose.Filter filter) {
        return new Result.Not(
                Gap.Kind.UNSUPPORTED,
                "The filter " + filter.property() + " " + filter.op() + " is not evaluated by this program.");
    }
}
