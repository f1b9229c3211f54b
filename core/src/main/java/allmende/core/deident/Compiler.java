package allmende.core.deident;

import allmende.core.cohort.Problem;
import allmende.core.deident.Edge.Kind;
import allmende.core.deident.Edge.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes one graph of all rules: a node for each type under each set of rules that can have come true on the way to it. So
 * a resource is walked once, whatever the number of rules; and every decision that can come up has come up here before,
 * which is how contradictions and rules without effect are found when a file is read.
 */
final class Compiler {

    /** Sets of conditions of one element that can hold together, beyond which a rule set is refused. */
    private static final int MAX_COMBINATIONS = 2048;

    private static final Set<String> LITERALS = Set.of(
            "Reference.reference",
            "Bundle.entry.fullUrl",
            "Bundle.entry.request.url",
            "Bundle.entry.response.location");

    /** Types of resources that are the parents of others; no resource is of them alone. */
    private static final Set<String> ABSTRACT = Set.of(R4Types.RESOURCE, "DomainResource", "MetadataResource");

    /** A rule of which so many steps have been taken. */
    private record Item(Rule rule, int taken) {
        boolean complete() {
            return taken == rule.path().length();
        }

        List<Condition> conditions() {
            return rule.path().conditionsAt(taken);
        }
    }

    private record Key(String type, Set<Item> items, boolean admitted) {}

    /** An element in one of its types, as part of a type. */
    private record Place(String label, R4Types.Element element, String type) {
        boolean isResource() {
            return label.equals(type);
        }

        /** Whether the data choose the type. */
        boolean chosen() {
            return element.choice();
        }
    }

    private final R4Types types = R4Types.get();
    private final List<Rule> rules;
    private final Map<Key, Node> nodes = new HashMap<>();
    private final Map<String, Integer> labels = new LinkedHashMap<>();
    private final Verdicts verdicts = new Verdicts();

    Compiler(List<Rule> rules) {
        this.rules = rules;
    }

    Graph compile() {
        Map<String, Edge> roots = new LinkedHashMap<>();
        for (Rule rule : rules) {
            String root = rule.path().root();
            if (!rule.narrows() && types.isResource(root) && !ABSTRACT.contains(root) && !roots.containsKey(root)) {
                roots.put(root, root(root));
            }
        }
        return new Graph(Map.copyOf(roots), List.copyOf(labels.keySet()));
    }

    /** What is wrong with the rules, in the order of the file. */
    List<Problem> problems() {
        return verdicts.problems(rules);
    }

    /** Where rules that may only narrow would have let out more; nothing more leaves for that. */
    List<Problem> notes() {
        return verdicts.notes(rules);
    }

    private Edge root(String type) {
        Set<Item> items = new LinkedHashSet<>();
        roots(type, true, items);
        R4Types.Element element = new R4Types.Element(type, List.of(type), false, false);
        return edge(new Place(type, element, type), items, Kind.STRUCT);
    }

    /** The rules that begin with a type; {@code bare} ones, which mean the type as it stands, only where wanted. */
    private void roots(String type, boolean bare, Set<Item> items) {
        List<String> lineage = types.lineage(type);
        for (Rule rule : rules) {
            boolean meant = bare || rule.narrows() || rule.path().length() > 0;
            if (meant && lineage.contains(rule.path().root())) {
                items.add(new Item(rule, 0));
            }
        }
    }

    private Node node(String type, Set<Item> items, boolean admitted) {
        Key key = new Key(type, Set.copyOf(items), admitted);
        Node known = nodes.get(key);
        if (known != null) {
            return known;
        }
        Node node = new Node(type);
        nodes.put(key, node);
        for (R4Types.Element element : types.elements(type)) {
            for (String elementType : element.types()) {
                node.add(edge(type, element, elementType, key));
            }
        }
        return node;
    }

    private Edge edge(String owner, R4Types.Element element, String type, Key key) {
        Set<Item> items = new LinkedHashSet<>();
        for (Item item : key.items()) {
            if (!item.complete()) {
                RulePath.Step step = item.rule().path().steps().get(item.taken());
                boolean taken = step.element().equals(element.name())
                        && (step.ofType() == null || step.ofType().equals(type));
                if (taken) {
                    items.add(new Item(item.rule(), item.taken() + 1));
                }
            }
        }
        boolean resource = type.equals(R4Types.RESOURCE);
        if (!resource) {
            roots(type, key.admitted(), items);
        }
        Kind kind = types.isPrimitive(type) ? Kind.PRIMITIVE : resource ? Kind.RESOURCE : Kind.STRUCT;
        return edge(new Place(owner + "." + element.name(), element, type), items, kind);
    }

    private Edge edge(Place place, Set<Item> items, Kind kind) {
        List<Condition> conditions = items.stream()
                .flatMap(item -> item.conditions().stream())
                .distinct()
                .toList();
        Map<Long, Outcome> outcomes = new HashMap<>();
        for (long holding : combinations(conditions, items)) {
            Set<Item> met = new LinkedHashSet<>();
            for (Item item : items) {
                if (item.conditions().stream().allMatch(asked -> (holding >> conditions.indexOf(asked) & 1) == 1)) {
                    met.add(item);
                }
            }
            outcomes.put(holding, outcome(place, met, kind));
        }
        String property = place.element().property(place.type());
        return new Edge(
                place.label(),
                property,
                "_" + property,
                place.type(),
                kind,
                place.element().repeats(),
                LITERALS.contains(place.label()),
                conditions,
                Map.copyOf(outcomes),
                Objects.requireNonNull(outcomes.get(0L)));
    }

    /** The sets of conditions that can hold together, as bits. */
    private List<Long> combinations(List<Condition> conditions, Set<Item> items) {
        List<Long> sets = new ArrayList<>(List.of(0L));
        if (conditions.size() > Long.SIZE - 2) {
            verdicts.tooMany(items.iterator().next().rule());
            return sets;
        }
        for (int next = 0; next < conditions.size(); next++) {
            for (int i = sets.size() - 1; i >= 0; i--) {
                if (compatible(conditions, sets.get(i), next)) {
                    sets.add(sets.get(i) | 1L << next);
                }
            }
            if (sets.size() > MAX_COMBINATIONS) {
                verdicts.tooMany(items.iterator().next().rule());
                return List.of(0L);
            }
        }
        return sets;
    }

    private static boolean compatible(List<Condition> conditions, long set, int next) {
        for (int i = 0; i < next; i++) {
            if ((set >> i & 1) == 1 && conditions.get(i).excludes(conditions.get(next))) {
                return false;
            }
        }
        return true;
    }

    private Outcome outcome(Place place, Set<Item> items, Kind kind) {
        Rule winner = winner(place, items, kind);
        boolean admitted = winner != null && winner.method().admitsParts();
        boolean held = winner != null && !admitted;
        Set<Item> going = held ? Set.of() : going(place, items, admitted);
        Node parts = null;
        boolean inside = kind == Kind.STRUCT && admitted;
        if (kind != Kind.RESOURCE && (inside || !going.isEmpty())) {
            parts = node(place.type(), going, admitted);
        }
        int slot = winner != null ? winner.index() : parts == null ? slot(place.label()) : -1;
        return new Outcome(winner, parts, slot);
    }

    /** What goes on to the parts. Where nothing leads on that lets something out, there is nothing to narrow. */
    private static Set<Item> going(Place place, Set<Item> items, boolean admitted) {
        Set<Item> going = new LinkedHashSet<>();
        Set<Item> narrowing = new LinkedHashSet<>();
        for (Item item : items) {
            // what a data type's parts do matters only where a rule lets the element out; a resource is always entered
            boolean counts = admitted || item.taken() > 0 || place.isResource();
            if (item.complete()) {
                continue;
            }
            if (item.rule().narrows()) {
                narrowing.add(item);
            } else if (counts) {
                going.add(item);
            }
        }
        if (admitted || !going.isEmpty()) {
            going.addAll(narrowing);
        }
        return going;
    }

    private @Nullable Rule winner(Place place, Set<Item> items, Kind kind) {
        List<Rule> meant = new ArrayList<>();
        List<Rule> narrowing = new ArrayList<>();
        for (Item item : items) {
            if (item.complete() && applies(item.rule(), place, kind)) {
                (item.rule().narrows() ? narrowing : meant).add(item.rule());
            }
        }
        Rule ceiling = mostSpecific(meant, place);
        return narrowing.isEmpty() ? ceiling : narrowed(ceiling, narrowing, place);
    }

    /** Of rules that narrow the first of the file counts, as far as it leaves no more than the others let out. */
    private @Nullable Rule narrowed(@Nullable Rule ceiling, List<Rule> narrowing, Place place) {
        narrowing.sort(Comparator.comparingInt(Rule::index));
        Rule first = narrowing.getFirst();
        narrowing.subList(1, narrowing.size()).forEach(later -> verdicts.overridden(later, first));
        Method left = Ceiling.narrowed(ceiling == null ? null : ceiling.method(), first.method());
        if (left == null) {
            verdicts.exceeds(first, place.label(), ceiling);
            return ceiling;
        }
        verdicts.decides(first);
        return first.doing(left);
    }

    private @Nullable Rule mostSpecific(List<Rule> meant, Place place) {
        if (meant.isEmpty()) {
            return null;
        }
        meant.sort(Rule.BY_SPECIFICITY.reversed().thenComparing(Comparator.comparingInt(Rule::index)));
        Rule winner = meant.getFirst();
        verdicts.decides(winner);
        for (Rule other : meant.subList(1, meant.size())) {
            boolean equal = Rule.BY_SPECIFICITY.compare(winner, other) == 0;
            if (equal && !winner.method().equals(other.method())) {
                verdicts.contradicts(other, winner, place.label());
            }
            verdicts.overridden(other, winner);
        }
        return winner;
    }

    /** Whether a rule that names the element means it in this type. */
    private boolean applies(Rule rule, Place place, Kind kind) {
        boolean chosen = place.chosen() && !rule.path().namesType();
        Method method = rule.method();
        if (chosen && method instanceof Method.Keep && ValueTypes.isDelicate(place.type())) {
            verdicts.delicate(rule, place.type());
            return false;
        }
        boolean fits =
                switch (kind) {
                    case PRIMITIVE -> method.fits(place.type());
                    case STRUCT -> method instanceof Method.Keep || !method.admitsParts() || chosen;
                    case RESOURCE -> method instanceof Method.Keep || method instanceof Method.Remove;
                };
        if (!fits && !chosen) {
            verdicts.unfit(rule, place.label(), place.type());
        }
        return fits;
    }

    private int slot(String label) {
        return rules.size() + labels.computeIfAbsent(label, _ -> labels.size());
    }
}
