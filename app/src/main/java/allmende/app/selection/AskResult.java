package allmende.app.selection;

import allmende.app.portal.Ask;
import allmende.app.portal.SiteResult;
import allmende.core.disclosure.CountReport;
import allmende.core.disclosure.CountryAnswer;
import allmende.core.disclosure.CountryAnswers;
import allmende.core.disclosure.Disclosed;
import allmende.core.disclosure.SiteAnswer;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The results of an ask for programs: after the portal's rules, and never more than the pages show. */
final class AskResult {

    private AskResult() {}

    /** The whole answer in our own form. */
    static ObjectNode own(Ask ask, List<SiteResult> results, CountryAnswers rules, Function<String, String> label) {
        CountryAnswer answer = rules.of(results.stream().map(SiteResult::reply).toList());
        ObjectNode json = Reply.object()
                .put("number", ask.number())
                .put("asked", ask.asked().toString())
                .put("deadline", ask.deadline().toString());
        json.set("total", figure(answer.total()));
        figures(json.putArray("inclusion"), answer.inclusion());
        figures(json.putArray("exclusion"), answer.exclusion());
        ArrayNode cells = json.putArray("distribution");
        for (CountryAnswer.Cell cell : answer.distribution()) {
            ObjectNode node = cells.addObject().put("ageFrom", cell.ageFrom());
            if (cell.ageTo() != null) {
                node.put("ageTo", cell.ageTo());
            }
            node.put("sex", cell.sex()).set("patients", figure(cell.patients()));
        }
        json.put("breakdown", word(answer.breakdown()));
        ArrayNode sites = json.putArray("sites");
        for (CountryAnswer.Line line : answer.sites()) {
            ObjectNode node = sites.addObject()
                    .put("site", label.apply(line.site()))
                    .put("kind", word(line.kind()))
                    .put("late", line.late());
            if (line.reply() instanceof SiteAnswer.Counted(CountReport report)
                    && report.total() instanceof Disclosed.Counted(long value, long plusMinus)) {
                node.put("patients", value).put("plusMinus", plusMinus);
            }
        }
        return json;
    }

    /**
     * The form of the fifth version of the national portal's interface: numbers only. What is not a number there is 0,
     * and the list of issues says why.
     */
    static ObjectNode v5(Ask ask, List<SiteResult> results, CountryAnswers rules, Function<String, String> label) {
        CountryAnswer answer = rules.of(results.stream().map(SiteResult::reply).toList());
        ObjectNode json = summary(ask, answer);
        ArrayNode lines = json.putArray("resultLines");
        answer.sites().stream()
                .sorted((a, b) -> label.apply(a.site()).compareTo(label.apply(b.site())))
                .forEach(line -> {
                    if (line.reply() instanceof SiteAnswer.Counted(CountReport report)
                            && report.total() instanceof Disclosed.Counted(long value, long ignored)) {
                        lines.addObject()
                                .put("siteName", label.apply(line.site()))
                                .put("numberOfPatients", value);
                    }
                });
        if (answer.breakdown() != CountryAnswer.Breakdown.SHOWN) {
            issue(json, "breakdown-" + word(answer.breakdown()));
        }
        return json;
    }

    /** As {@link #v5} without the sites. */
    static ObjectNode v5(Ask ask, List<SiteResult> results, CountryAnswers rules) {
        CountryAnswer answer = rules.of(results.stream().map(SiteResult::reply).toList());
        ObjectNode json = summary(ask, answer);
        json.putArray("resultLines");
        return json;
    }

    private static ObjectNode summary(Ask ask, CountryAnswer answer) {
        ObjectNode json = Reply.object().put("queryId", String.valueOf(ask.question()));
        json.put("totalNumberOfPatients", answer.total() instanceof CountryAnswer.Figure.Sum sum ? sum.value() : 0);
        json.putArray("issues");
        switch (answer.total()) {
            case CountryAnswer.Figure.Hidden hidden -> issue(json, "total-hidden-below-" + hidden.below());
            case CountryAnswer.Figure.None none -> issue(json, "no-site-has-answered-yet");
            case CountryAnswer.Figure.Sum sum -> {}
            case CountryAnswer.Figure.Zero zero -> {}
        }
        return json;
    }

    /** Issues carry a word of ours: what the national portal's numbers mean is not known here. */
    private static void issue(ObjectNode json, String word) {
        ((ArrayNode) json.get("issues"))
                .addObject()
                .put("type", "business")
                .put("severity", "information")
                .put("reason", word);
    }

    private static void figures(ArrayNode list, List<CountryAnswer.Figure> figures) {
        figures.forEach(figure -> list.add(figure(figure)));
    }

    private static ObjectNode figure(CountryAnswer.Figure figure) {
        ObjectNode json = Reply.object();
        switch (figure) {
            case CountryAnswer.Figure.Sum(long value, long plusMinus, long unseen) ->
                json.put("kind", "sum")
                        .put("value", value)
                        .put("plusMinus", plusMinus)
                        .put("unseen", unseen);
            case CountryAnswer.Figure.Zero zero -> json.put("kind", "zero");
            case CountryAnswer.Figure.Hidden(long below) ->
                json.put("kind", "hidden").put("below", below);
            case CountryAnswer.Figure.None none -> json.put("kind", "none");
        }
        return json;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
