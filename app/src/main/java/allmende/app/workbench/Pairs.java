package allmende.app.workbench;

import allmende.app.portal.Ask;
import allmende.app.portal.Asking;
import allmende.app.portal.Question;
import allmende.app.workbench.PairView.Bar;
import allmende.app.workbench.PairView.Half;
import allmende.app.workbench.PairView.Row;
import allmende.core.disclosure.CountryAnswer.Figure;
import allmende.core.document.CohortDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts two questions side by side: what they ask, in what they differ, and what the sites have answered to each. */
final class Pairs {

    private static final Set<String> ANSWERED = Set.of("answered", "counted", "zero", "few", "withheld");
    private static final String NOTHING = "–";
    private static final double HUNDRED = 100;

    private final Asking asking;
    private final Comparisons comparisons;
    private final ResultViews views;
    private final Results results;

    Pairs(Asking asking, Comparisons comparisons, ResultViews views, Results results) {
        this.asking = asking;
        this.comparisons = comparisons;
        this.views = views;
        this.results = results;
    }

    /**
     * A question with the answer that shall be compared.
     *
     * @param ask null where the question was not asked
     */
    record Chosen(Question question, @Nullable Ask ask) {

        /** What is compared: what was asked, else what the question is now. */
        CohortDocument cohort() {
            return ask == null ? Documents.cohort(question.document()) : ResultViews.cohort(ask);
        }

        boolean changedSince() {
            return ask != null && !Documents.cohortText(question.document()).equals(ask.cohort());
        }
    }

    /** The question with the answer of this number, or its newest one where none is named. */
    Chosen choose(Desk desk, long id, @Nullable Integer answer) {
        Question question = desk.question(id);
        Optional<Ask> ask = answer == null
                ? asking.history(desk.viewer(), id).stream().findFirst()
                : Optional.of(asking.find(desk.viewer(), id, answer).orElseThrow(Desk::missing));
        return new Chosen(question, ask.orElse(null));
    }

    /** A question with what is to be shown of its answer; nothing and no figure where it was not asked. */
    private record Drawn(Chosen chosen, @Nullable ResultView result, Figure total) {}

    PairView of(Chosen first, Chosen second, Words words) {
        Comparisons.Comparison compared = comparisons.of(side(first, words), side(second, words), words);
        Drawn left = draw(first, words);
        Drawn right = draw(second, words);
        ResultView one = left.result();
        ResultView other = right.result();
        long widest = Math.max(reach(left.total()), reach(right.total()));
        Optional<Difference> difference = Difference.of(left.total(), right.total());
        String hidden = hidden(one, other);
        return new PairView(
                half(left, compared.left(), compared.onlyLeft(), widest, words),
                half(right, compared.right(), compared.onlyRight(), widest, words),
                compared.both(),
                difference.map(each -> words(each, words)).orElse(null),
                difference.filter(Difference::withinUncertainty).isPresent(),
                notes(left, right, words),
                one != null && other != null && hidden == null ? rows(sites(one), sites(other)) : List.of(),
                hidden,
                one != null && other != null ? rows(ages(one), ages(other)) : List.of());
    }

    private Comparisons.Side side(Chosen chosen, Words words) {
        return comparisons.side(chosen.question().name(), chosen.question(), chosen.cohort(), words);
    }

    private Drawn draw(Chosen chosen, Words words) {
        Ask ask = chosen.ask();
        return ask == null
                ? new Drawn(chosen, null, new Figure.None())
                : new Drawn(
                        chosen,
                        views.draw(chosen.question(), ask, words),
                        results.country(ask).total());
    }

    private static Half half(Drawn drawn, Comparisons.Side side, List<String> only, long widest, Words words) {
        ResultView result = drawn.result();
        Question question = drawn.chosen().question();
        return new Half(
                question.id(),
                question.name(),
                result == null ? null : result.number(),
                result == null
                        ? null
                        : words.say("workbench.pair.asked", result.number(), result.asked(), result.asker()),
                side.reading(),
                result == null ? null : result.total(),
                bar(drawn.total(), widest),
                side.estimate(),
                only);
    }

    private static String words(Difference difference, Words words) {
        String range =
                words.say("workbench.pair.range", words.number(difference.low()), words.number(difference.high()));
        return difference.withinUncertainty()
                ? words.say("workbench.pair.within", words.number(Math.abs(difference.value())), range)
                : words.say(
                        difference.value() > 0 ? "workbench.pair.more" : "workbench.pair.less",
                        words.number(Math.abs(difference.value())),
                        words.number(Math.min(Math.abs(difference.low()), Math.abs(difference.high()))),
                        words.number(Math.max(Math.abs(difference.low()), Math.abs(difference.high()))));
    }

    private static List<String> notes(Drawn left, Drawn right, Words words) {
        List<String> notes = new ArrayList<>();
        for (Drawn each : List.of(left, right)) {
            if (each.chosen().changedSince()) {
                notes.add(words.say(
                        "workbench.pair.changed", each.chosen().question().name()));
            }
        }
        ResultView one = left.result();
        ResultView other = right.result();
        if (one != null && other != null) {
            onlyAt(one, other, words).ifPresent(notes::add);
            onlyAt(other, one, words).ifPresent(notes::add);
        }
        return notes;
    }

    /** Says which sites have answered the one but not the other: then the totals are not of the same hospitals. */
    private static Optional<String> onlyAt(ResultView one, ResultView other, Words words) {
        Set<String> only = answered(one);
        only.removeAll(answered(other));
        return only.isEmpty()
                ? Optional.empty()
                : Optional.of(words.say("workbench.pair.only-at", one.title(), String.join(", ", only)));
    }

    private static Set<String> answered(ResultView result) {
        return result.sites().stream()
                .filter(site -> ANSWERED.contains(site.kind()))
                .map(ResultView.SiteLine::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static @Nullable String hidden(@Nullable ResultView one, @Nullable ResultView other) {
        if (one == null || other == null) {
            return null;
        }
        String why = one.breakdown();
        return why == null ? other.breakdown() : why;
    }

    private static Map<String, String> sites(ResultView result) {
        Map<String, String> sites = new LinkedHashMap<>();
        result.sites().forEach(site -> {
            String number = site.number();
            sites.put(site.name(), number == null ? site.said() : number);
        });
        return sites;
    }

    private static Map<String, String> ages(ResultView result) {
        Map<String, String> cells = new LinkedHashMap<>();
        result.ages().forEach(band -> band.cells()
                .forEach(cell -> cells.put(band.label() + ", " + cell.sex(), cell.number())));
        return cells;
    }

    private static List<Row> rows(Map<String, String> left, Map<String, String> right) {
        Map<String, String> labels = new LinkedHashMap<>(left);
        labels.putAll(right);
        return labels.keySet().stream()
                .map(label -> new Row(label, left.getOrDefault(label, NOTHING), right.getOrDefault(label, NOTHING)))
                .toList();
    }

    private static long reach(Figure total) {
        return total instanceof Figure.Sum sum ? sum.value() + sum.plusMinus() : 0;
    }

    private static @Nullable Bar bar(Figure total, long widest) {
        if (!(total instanceof Figure.Sum sum) || widest == 0) {
            return null;
        }
        long from = Math.max(0, sum.value() - sum.plusMinus());
        return new Bar(
                share(sum.value(), widest), share(from, widest), share(sum.value() + sum.plusMinus() - from, widest));
    }

    private static String share(long value, long widest) {
        return String.format(Locale.ROOT, "%.2f%%", HUNDRED * value / widest);
    }
}
