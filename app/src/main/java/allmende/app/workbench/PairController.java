package allmende.app.workbench;

import allmende.app.portal.QuestionEntry;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The comparison of any two questions that the viewer may see. */
@Controller
class PairController {

    private final Desk desk;
    private final Pairs pairs;

    PairController(Desk desk, Pairs pairs) {
        this.desk = desk;
        this.pairs = pairs;
    }

    /**
     * What is compared.
     *
     * @param left number of the first question; null where it is yet to be chosen
     * @param right number of the second question; null where it is yet to be chosen
     * @param leftAnswer number of the first question's answer; null for its newest
     * @param rightAnswer number of the second question's answer; null for its newest
     */
    record Wish(
            @Nullable Long left,
            @Nullable Long right,
            @Nullable Integer leftAnswer,
            @Nullable Integer rightAnswer) {}

    /** A question to choose. */
    record Option(long id, String name) {}

    @GetMapping("/workbench/compare")
    String compare(Wish wish, Model model, Locale locale) {
        List<QuestionEntry> entries = desk.questions().list(desk.viewer());
        model.addAttribute("wish", wish);
        model.addAttribute(
                "options",
                entries.stream()
                        .map(entry -> new Option(entry.id(), entry.name()))
                        .toList());
        Long left = wish.left();
        Long right = wish.right();
        if (left != null && right != null) {
            model.addAttribute(
                    "pair",
                    pairs.of(
                            pairs.choose(desk, left, wish.leftAnswer()),
                            pairs.choose(desk, right, wish.rightAnswer()),
                            desk.words(locale)));
        }
        return "workbench/compare-questions";
    }
}
