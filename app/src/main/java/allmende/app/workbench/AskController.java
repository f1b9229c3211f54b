package allmende.app.workbench;

import allmende.app.portal.Ask;
import allmende.app.portal.Asked;
import allmende.app.portal.Asking;
import allmende.app.portal.Question;
import io.github.wimdeblauwe.htmx.spring.boot.mvc.HxRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Asking the sites, and the answers. */
@Controller
@RequestMapping("/workbench/{id}")
class AskController {

    private final Desk desk;
    private final Asking asking;
    private final EditorPage page;
    private final ResultViews views;
    private final AskViews asks;

    AskController(Desk desk, Asking asking, EditorPage page, ResultViews views, AskViews asks) {
        this.desk = desk;
        this.asking = asking;
        this.page = page;
        this.views = views;
        this.asks = asks;
    }

    @PostMapping("/ask")
    String ask(
            @PathVariable long id,
            @RequestParam long revision,
            Model model,
            HttpServletResponse response,
            Locale locale) {
        Question question = desk.question(id);
        Words words = desk.words(locale);
        Asked asked = question.revision() == revision
                ? asking.ask(desk.account(), Desk.wish(question, words.say("workbench.version.asked")))
                : new Asked.Stale();
        return switch (asked) {
            case Asked.Sent(Ask ask) -> "redirect:/workbench/" + id + "/results/" + ask.number();
            case Asked.Missing _ -> throw Desk.missing();
            case Asked.Slower(var wait) -> {
                long seconds = Math.max(1, wait.toSeconds());
                response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
                yield refused(model, question, words, "slower", words.say("workbench.ask.not.slower", seconds));
            }
            case Asked.Locked _ -> {
                response.setStatus(HttpStatus.FORBIDDEN.value());
                yield refused(
                        model,
                        question,
                        words,
                        "locked",
                        words.say(
                                "workbench.ask.not.locked",
                                asking.quota(desk.account()).weekMax()));
            }
            case Asked.Unconfirmed _ -> {
                response.setStatus(HttpStatus.FORBIDDEN.value());
                yield refused(model, question, words, "affiliation", words.say("workbench.ask.not.affiliation"));
            }
            case Asked.Stale _ -> refused(model, question, words, "stale", words.say("workbench.stale.text"));
            case Asked.NobodyThere _ -> refused(model, question, words, "sites", words.say("workbench.ask.not.sites"));
            case Asked.Unfit _ -> refused(model, question, words, "empty", words.say("workbench.ask.not.empty"));
        };
    }

    private String refused(Model model, Question question, Words words, String why, String text) {
        model.addAttribute("message", Message.warning(words.say("workbench.ask.refused"), text));
        page.fill(model, question, words.locale(), null);
        model.addAttribute("refusal", why);
        return "workbench/edit";
    }

    @GetMapping("/results/{number}")
    String result(@PathVariable long id, @PathVariable int number, Model model, Locale locale) {
        fill(id, number, model, locale);
        return "workbench/result";
    }

    /**
     * The same as a part of the page.
     *
     * @param seen held until more sites have answered than so many, or for some seconds; null for at once
     */
    @HxRequest
    @GetMapping("/results/{number}")
    String resultPart(
            @PathVariable long id,
            @PathVariable int number,
            @RequestParam(required = false) @Nullable Integer seen,
            Model model,
            Locale locale)
            throws InterruptedException {
        if (seen != null) {
            asking.awaitAnswers(asking.find(desk.viewer(), id, number).orElseThrow(Desk::missing), seen);
        }
        fill(id, number, model, locale);
        return "workbench/answer :: answer";
    }

    private void fill(long id, int number, Model model, Locale locale) {
        Question question = desk.question(id);
        Words words = desk.words(locale);
        Ask ask = asking.find(desk.viewer(), id, number).orElseThrow(Desk::missing);
        model.addAttribute("result", views.draw(question, ask, words));
        List<AskViews.Entry> history = asks.history(asking.history(desk.viewer(), id), words);
        model.addAttribute("history", history);
    }
}
