package allmende.app.workbench;

import allmende.app.portal.Question;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.document.CohortDocument;
import allmende.core.document.Spot;
import allmende.core.estimate.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Puts two states of a question side by side. */
final class Comparisons {

    private final Desk desk;
    private final Readings readings;
    private final Estimates estimates;

    Comparisons(Desk desk, Readings readings, Estimates estimates) {
        this.desk = desk;
        this.readings = readings;
        this.estimates = estimates;
    }

    /**
     * One state.
     *
     * @param criteria each criterion in words, with its side
     * @param estimate in words; empty where there is none
     */
    record Side(String name, String reading, List<String> criteria, String estimate) {}

    /** Both, the criteria that both have, and those that only one of them has. */
    record Comparison(Side left, Side right, List<String> both, List<String> onlyLeft, List<String> onlyRight) {}

    Side side(String name, Question question, CohortDocument cohort, Words words) {
        Sheet sheet = desk.sheet(question, cohort, words.locale());
        CohortQuery query = sheet.query();
        FilterTexts texts = new FilterTexts(sheet.catalogue(), words, sheet.displays()::of);
        List<String> criteria = new ArrayList<>();
        for (Spot spot : sheet.cohort().spots()) {
            String filters = sheet.criterion(spot).map(texts::of).orElse(List.of()).stream()
                    .collect(Collectors.joining(", "));
            criteria.add(words.say("workbench.compare." + Spots.name(spot.side()))
                    + " "
                    + sheet.criterion(spot)
                            .map((Criterion each) -> texts.title(each))
                            .orElse(EditorViews.title(sheet, spot))
                    + " – "
                    + sheet.contextTitle(spot, words.locale())
                    + (filters.isEmpty() ? "" : " (" + filters + ")"));
        }
        return new Side(name, reading(sheet, words), criteria, query == null ? "" : estimate(query, words));
    }

    private String reading(Sheet sheet, Words words) {
        CohortQuery query = sheet.query();
        return query == null
                ? words.say("workbench.problems")
                : readings.sentence(sheet, query, words.locale()).stream()
                        .map(EditorView.PartView::text)
                        .collect(Collectors.joining());
    }

    private String estimate(CohortQuery query, Words words) {
        Estimate estimate = estimates.estimate(query);
        return estimate.sites().isEmpty()
                ? ""
                : words.say(
                        "workbench.compare.estimate",
                        words.number(estimate.likely()),
                        words.number(estimate.low()),
                        words.number(estimate.high()));
    }

    Comparison of(Side left, Side right, Words words) {
        return new Comparison(
                left,
                right,
                left.criteria().stream().filter(right.criteria()::contains).toList(),
                without(left.criteria(), right.criteria()),
                without(right.criteria(), left.criteria()));
    }

    private static List<String> without(List<String> all, List<String> gone) {
        return all.stream().filter(each -> !gone.contains(each)).toList();
    }
}
