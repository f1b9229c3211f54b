package allmende.app.web;

import allmende.app.feasibility.CountService;
import allmende.app.feasibility.Counted;
import io.github.wimdeblauwe.htmx.spring.boot.mvc.HxRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * The page: what is loaded, a ready question or one's own query with its answer. With htmx only the part that changes
 * is sent; without it each link and form leads to a whole page.
 */
@Controller
class PageController {

    private static final String PAGE = "index";
    private static final String WORKBENCH = "index :: workbench";

    private final QuestionLibrary questions;
    private final CountService counts;
    private final Overviews overviews;

    PageController(QuestionLibrary questions, CountService counts, Overviews overviews) {
        this.questions = questions;
        this.counts = counts;
        this.overviews = overviews;
    }

    @ModelAttribute("questions")
    List<Question> questions() {
        return questions.all();
    }

    @GetMapping("/")
    String home(Model model, Locale locale) {
        return whole(ready(questions.first(), model, locale), model);
    }

    @GetMapping("/questions/{id}")
    String question(@PathVariable String id, Model model, Locale locale) {
        return whole(ready(known(id), model, locale), model);
    }

    @HxRequest
    @GetMapping("/questions/{id}")
    String questionPart(@PathVariable String id, Model model, Locale locale) {
        ready(known(id), model, locale);
        return WORKBENCH;
    }

    /** Where a reload of one's own query leads: to the beginning. */
    @GetMapping("/query")
    String query() {
        return "redirect:/";
    }

    @PostMapping("/query")
    String query(@RequestParam String query, Model model, Locale locale) {
        return whole(answer(query, model, locale), model);
    }

    @HxRequest
    @PostMapping("/query")
    String queryPart(@RequestParam String query, Model model, Locale locale) {
        answer(query, model, locale);
        return WORKBENCH;
    }

    private Question known(String id) {
        return questions.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private Overview ready(Question question, Model model, Locale locale) {
        model.addAttribute("question", question);
        return answer(question.query().in(locale), model, locale);
    }

    private Overview answer(String query, Model model, Locale locale) {
        Overview overview = overviews.current();
        Counted counted = counts.count(query.getBytes(StandardCharsets.UTF_8));
        model.addAttribute("answer", AnswerView.of(query, counted, overview.patients(), locale));
        return overview;
    }

    private static String whole(Overview overview, Model model) {
        model.addAttribute("overview", overview);
        return PAGE;
    }
}
