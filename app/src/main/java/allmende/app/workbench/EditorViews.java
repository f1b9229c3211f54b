package allmende.app.workbench;

import allmende.app.workbench.EditorView.CardView;
import allmende.app.workbench.EditorView.GroupView;
import allmende.app.workbench.EditorView.HintView;
import allmende.app.workbench.EditorView.MoveView;
import allmende.app.workbench.EditorView.ProblemView;
import allmende.app.workbench.EditorView.SideView;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Problem;
import allmende.core.cohort.ProblemText;
import allmende.core.cohort.TermRules;
import allmende.core.document.Side;
import allmende.core.document.Spot;
import allmende.core.fhir.Coding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Draws the editor from a question on the table. */
final class EditorViews {

    private static final int CODES_SHOWN = 6;
    private static final int TITLES_SHOWN = 4;

    private final Readings readings;
    private final Estimates estimates;

    EditorViews(Readings readings, Estimates estimates) {
        this.readings = readings;
        this.estimates = estimates;
    }

    EditorView draw(Sheet sheet, Words words, @Nullable String focus) {
        CohortQuery query = sheet.query();
        Readings.Remarks remarks = query == null
                ? new Readings.Remarks(Map.of(), List.of())
                : readings.remarks(sheet, query, words.locale());
        Cards cards = new Cards(sheet, words, remarks.beside());
        return new EditorView(
                sheet.question().id(),
                sheet.question().revision(),
                sheet.question().name(),
                sheet.question().notes(),
                sheet.question().shared(),
                sheet.question().undoable(),
                sheet.question().redoable(),
                words.at(sheet.question().changed()),
                query == null ? List.of() : readings.sentence(sheet, query, words.locale()),
                remarks.above(),
                cards.side(Side.INCLUSION),
                cards.side(Side.EXCLUSION),
                Consent.chosen(sheet.cohort())
                        .map(choice -> ConsentChoice.text(choice, words))
                        .orElse(null),
                sheet.empty() ? List.of() : problems(sheet, words),
                query == null ? null : estimates.of(query, sheet, words),
                focus);
    }

    private static List<ProblemView> problems(Sheet sheet, Words words) {
        List<ProblemView> views = new ArrayList<>();
        for (Problem problem : sheet.problems()) {
            Spot at = sheet.cohort().spots().stream()
                    .filter(spot -> (problem.pointer() + "/").startsWith(spot.pointer() + "/"))
                    .findFirst()
                    .orElse(null);
            String text = at == null
                    ? general(sheet, problem, words)
                    : words.say("workbench.problem.at", Cards.title(sheet, at), words.say(reason(sheet, at)));
            views.add(new ProblemView(text, at == null ? null : "card-" + Spots.name(at)));
        }
        return views.stream().distinct().toList();
    }

    private static String general(Sheet sheet, Problem problem, Words words) {
        boolean onlyExclusion = sheet.cohort().groups(Side.INCLUSION) == 0;
        return onlyExclusion ? words.say("workbench.problem.no-inclusion") : ProblemText.of(problem, words.locale());
    }

    private static String reason(Sheet sheet, Spot spot) {
        boolean value = sheet.definition(spot)
                .filter(definition ->
                        sheet.terms(spot).stream().anyMatch(term -> TermRules.valueRequired(definition, term)))
                .isPresent();
        return value ? "workbench.problem.value" : "workbench.problem.unreadable";
    }

    /** Draws the criteria of one sheet. */
    private record Cards(Sheet sheet, Words words, Map<Spot, List<HintView>> remarks) {

        SideView side(Side side) {
            List<GroupView> groups = new ArrayList<>();
            for (int group = 0; group < sheet.cohort().groups(side); group++) {
                List<CardView> cards = new ArrayList<>();
                for (int index = 0; index < sheet.cohort().criteria(side, group); index++) {
                    cards.add(card(new Spot(side, group, index)));
                }
                groups.add(new GroupView(group, cards));
            }
            return new SideView(Spots.name(side), groups);
        }

        private CardView card(Spot spot) {
            String name = Spots.name(spot);
            List<String> codes = sheet.terms(spot).stream().map(Coding::code).toList();
            FilterTexts filters = new FilterTexts(sheet.catalogue(), words, sheet.displays()::of);
            return new CardView(
                    "card-" + name,
                    name,
                    spot.criterion(),
                    sheet.contextTitle(spot, words.locale()),
                    title(sheet, spot),
                    codes.stream().limit(CODES_SHOWN).toList(),
                    sheet.criterion(spot).map(filters::of).orElse(List.of()),
                    hints(spot),
                    moves(spot));
        }

        private List<HintView> hints(Spot spot) {
            List<HintView> hints = new ArrayList<>();
            if (sheet.criterion(spot).isEmpty()) {
                hints.add(new HintView("error", words.say(reason(sheet, spot))));
            }
            hints.addAll(remarks.getOrDefault(spot, List.of()));
            return hints;
        }

        static String title(Sheet sheet, Spot spot) {
            List<Coding> terms = sheet.terms(spot);
            String context = sheet.context(spot);
            String shown = terms.stream()
                    .limit(TITLES_SHOWN)
                    .map(term -> sheet.displays().of(context, term))
                    .collect(Collectors.joining(" / "));
            return terms.size() > TITLES_SHOWN ? shown + " +" + (terms.size() - TITLES_SHOWN) : shown;
        }

        private List<MoveView> moves(Spot spot) {
            List<MoveView> moves = new ArrayList<>();
            for (Side side : List.of(spot.side(), other(spot.side()))) {
                int groups = sheet.cohort().groups(side);
                for (int group = 0; group < groups; group++) {
                    if (spot.side() != side || spot.group() != group) {
                        moves.add(move(spot, side, group, "workbench.move.group"));
                    }
                }
                boolean alone = spot.side() == side && sheet.cohort().criteria(side, spot.group()) == 1;
                if (!alone) {
                    moves.add(move(spot, side, groups, "workbench.move.new"));
                }
            }
            return moves;
        }

        private MoveView move(Spot spot, Side side, int group, String key) {
            String text = words.say(key + (spot.side() == side ? "" : "." + Spots.name(side)), group + 1);
            return new MoveView(Spots.name(side, group), text);
        }

        private static Side other(Side side) {
            return side == Side.INCLUSION ? Side.EXCLUSION : Side.INCLUSION;
        }
    }

    /** What a criterion is called on the page. */
    static String title(Sheet sheet, Spot spot) {
        return Cards.title(sheet, spot);
    }
}
