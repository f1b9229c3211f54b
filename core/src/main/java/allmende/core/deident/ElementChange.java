package allmende.core.deident;

import allmende.core.profile.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in words what compiled rules do to an element, for those who read what has left. */
final class ElementChange {

    private static final String CHOICE = "[x]";
    private static final Words GONE = new Words("weggelassen", "left out");
    private static final Words SAME = new Words("unverändert", "unchanged");

    private ElementChange() {}

    /**
     * What becomes of the values of an element; empty where they leave as they are, or where it depends on which extension it
     * is.
     *
     * @param element a resource type and steps down; slices count as the whole element
     */
    static Optional<Words> of(Graph graph, String element) {
        String[] steps = element.split("\\.");
        Edge root = graph.root(steps[0]);
        if (root == null) {
            return Optional.of(GONE);
        }
        List<Edge> reached = List.of(root);
        for (int i = 1; i < steps.length; i++) {
            int slice = steps[i].indexOf(':');
            String step = slice < 0 ? steps[i] : steps[i].substring(0, slice);
            if (step.equals("extension") || step.equals("modifierExtension")) {
                return Optional.empty();
            }
            List<Edge> next = new ArrayList<>();
            reached.forEach(edge -> parts(edge).forEach(node -> next.addAll(named(node, step))));
            if (next.isEmpty()) {
                return Optional.of(GONE);
            }
            reached = next;
        }
        return told(reached);
    }

    private static Stream<Node> parts(Edge edge) {
        return outcomes(edge).map(Edge.Outcome::parts).filter(node -> node != null);
    }

    private static Stream<Edge.Outcome> outcomes(Edge edge) {
        return Stream.concat(Stream.of(edge.plain()), edge.outcomes().values().stream());
    }

    private static List<Edge> named(Node node, String step) {
        if (!step.endsWith(CHOICE)) {
            Edge edge = node.edge(step);
            return edge == null ? List.of() : List.of(edge);
        }
        String name = step.substring(0, step.length() - CHOICE.length());
        return node.edges().stream()
                .filter(edge -> edge.property().startsWith(name)
                        && edge.property().length() > name.length()
                        && Character.isUpperCase(edge.property().charAt(name.length())))
                .toList();
    }

    private static Optional<Words> told(List<Edge> edges) {
        Set<Words> all = edges.stream()
                .flatMap(ElementChange::outcomes)
                .map(outcome -> words(outcome.rule()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (all.equals(Set.of(SAME))) {
            return Optional.empty();
        }
        return Optional.of(
                all.size() == 1
                        ? all.iterator().next()
                        : new Words(
                                "teils " + joined(all, true, ", teils "),
                                "in part " + joined(all, false, ", in part ")));
    }

    private static String joined(Set<Words> all, boolean german, String between) {
        return all.stream()
                .map(words -> german ? words.de() : words.en())
                .sorted()
                .collect(Collectors.joining(between));
    }

    private static Words words(@Nullable Rule rule) {
        if (rule == null) {
            return GONE;
        }
        return switch (rule.method()) {
            case Method.Keep() -> SAME;
            case Method.Remove() -> GONE;
            case Method.Redact() -> new Words("maskiert", "masked");
            case Method.Replace _ -> new Words("durch einen festen Wert ersetzt", "replaced by a constant");
            case Method.Pseudonymise _ -> new Words("durch ein Pseudonym ersetzt", "replaced by a pseudonym");
            case Method.Hash() -> new Words("durch einen Hash mit Schlüssel ersetzt", "replaced by a keyed hash");
            case Method.Coarsen(Method.Precision to, int earliest) -> coarser(to, earliest);
            case Method.Digits(int digits) ->
                new Words("nur die ersten " + digits + " Ziffern", "the first " + digits + " digits only");
            case Method.Cap(var above, var to) ->
                new Words(
                        "über " + above.toPlainString() + " als " + to.toPlainString(),
                        "above " + above.toPlainString() + " as " + to.toPlainString());
            case Method.Bin(var width) ->
                new Words(
                        "abgerundet auf Vielfache von " + width.toPlainString(),
                        "rounded down to multiples of " + width.toPlainString());
            case Method.Shift(boolean keepTime) ->
                keepTime
                        ? new Words("um Tage verschoben, je Patient gleich", "moved by days, the same for each patient")
                        : new Words(
                                "um Tage verschoben, je Patient gleich, ohne Uhrzeit",
                                "moved by days, the same for each patient, without time of day");
            case Method.Perturb(var most, boolean percent) -> {
                String size = most.toPlainString() + (percent ? " %" : "");
                yield new Words("mit Rauschen bis " + size, "with noise of up to " + size);
            }
        };
    }

    private static Words coarser(Method.Precision to, int earliest) {
        Words exact =
                switch (to) {
                    case MONTH -> new Words("nur Jahr und Monat", "year and month only");
                    case QUARTER ->
                        new Words("nur der erste Monat des Quartals", "the first month of the quarter only");
                    case YEAR -> new Words("nur das Jahr", "year only");
                };
        return earliest == 0
                ? exact
                : new Words(
                        exact.de() + ", Jahre vor " + earliest + " als " + earliest,
                        exact.en() + ", years before " + earliest + " as " + earliest);
    }
}
