package allmende.app.workbench;

import allmende.app.portal.Ask;
import allmende.app.portal.Asking;
import allmende.app.portal.Change;
import allmende.app.portal.Question;
import allmende.app.portal.QuestionVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Kept versions of a question: list, restore, compare; and the comparison of two answers. */
@Controller
@RequestMapping("/workbench/{id}")
class VersionController {

    private final Desk desk;
    private final Asking asking;
    private final ResultViews results;
    private final Comparisons comparisons;

    VersionController(Desk desk, Asking asking, ResultViews results, Comparisons comparisons) {
        this.desk = desk;
        this.asking = asking;
        this.results = results;
        this.comparisons = comparisons;
    }

    /** A line of the list. */
    record Line(int number, String name, String at, String by) {}

    @GetMapping("/versions")
    String versions(@PathVariable long id, Model model, Locale locale) {
        Words words = desk.words(locale);
        model.addAttribute("question", desk.question(id));
        model.addAttribute(
                "versions",
                desk.questions().versions(desk.viewer(), id).stream()
                        .map(each ->
                                new Line(each.number(), each.name(), words.at(each.at()), desk.name(each.account())))
                        .toList());
        return "workbench/versions";
    }

    @PostMapping("/versions")
    String keep(
            @PathVariable long id,
            @RequestParam long revision,
            @RequestParam(defaultValue = "") String name,
            Locale locale) {
        String kept = name.isBlank() ? desk.words(locale).say("workbench.version.kept") : QuestionController.cut(name);
        Change change = desk.questions().keep(desk.viewer(), id, revision, kept);
        return change instanceof Change.Done ? "redirect:/workbench/" + id + "/versions" : Editing.back(id, change);
    }

    @PostMapping("/versions/{number}/restore")
    String restore(@PathVariable long id, @PathVariable int number, @RequestParam long revision) {
        return Editing.back(id, desk.questions().restore(desk.viewer(), id, revision, number));
    }

    /** Compares two versions; 0 is the question as it is now. */
    @GetMapping("/versions/compare")
    String compare(
            @PathVariable long id,
            @RequestParam int left,
            @RequestParam(defaultValue = "0") int right,
            Model model,
            Locale locale) {
        Question question = desk.question(id);
        Words words = desk.words(locale);
        model.addAttribute("question", question);
        model.addAttribute(
                "comparison", comparisons.of(side(question, left, words), side(question, right, words), words));
        return "workbench/compare";
    }

    private Comparisons.Side side(Question question, int number, Words words) {
        if (number == 0) {
            return comparisons.side(
                    words.say("workbench.compare.now"), question, Documents.cohort(question.document()), words);
        }
        QuestionVersion version =
                desk.questions().version(desk.viewer(), question.id(), number).orElseThrow(Desk::missing);
        return comparisons.side(number + ": " + version.name(), question, Documents.cohort(version.document()), words);
    }

    /** Two answers to the question side by side. */
    @GetMapping("/results/compare")
    String compareResults(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Integer left,
            @RequestParam(required = false) @Nullable Integer right,
            Model model,
            Locale locale) {
        Question question = desk.question(id);
        Words words = desk.words(locale);
        List<Ask> asks = asking.history(desk.viewer(), id);
        if (asks.isEmpty()) {
            throw Desk.missing();
        }
        int newest = asks.getFirst().number();
        int second = right == null ? newest : right;
        int first = left == null ? Math.max(1, newest - 1) : left;
        List<ResultView> drawn = new ArrayList<>();
        for (int number : List.of(first, second)) {
            Ask ask = asking.find(desk.viewer(), id, number).orElseThrow(Desk::missing);
            drawn.add(results.draw(question, ask, words));
        }
        model.addAttribute("question", question);
        model.addAttribute("results", drawn);
        model.addAttribute("numbers", asks.stream().map(Ask::number).toList());
        return "workbench/compare-results";
    }
}
