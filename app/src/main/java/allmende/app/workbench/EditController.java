package allmende.app.workbench;

import allmende.app.portal.Change;
import allmende.core.document.CohortDocument;
import allmende.core.document.Spot;
import io.github.wimdeblauwe.htmx.spring.boot.mvc.HtmxRequest;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Edits by a button: each answers with the editor as it is then, or leads back to its page. */
@Controller
@RequestMapping("/workbench/{id}/edit")
class EditController {

    private final Desk desk;
    private final EditorPage page;

    EditController(Desk desk, EditorPage page) {
        this.desk = desk;
        this.page = page;
    }

    /** Who asked for it and how: all that an answer depends on. */
    private record Wish(long id, HtmxRequest request, Model model, Locale locale) {}

    @PostMapping("/undo")
    String undo(@PathVariable long id, @RequestParam long revision, HtmxRequest request, Model model, Locale locale) {
        return answer(
                new Wish(id, request, model, locale),
                desk.questions().undo(desk.viewer(), id, revision),
                "undo",
                "undo");
    }

    @PostMapping("/redo")
    String redo(@PathVariable long id, @RequestParam long revision, HtmxRequest request, Model model, Locale locale) {
        return answer(
                new Wish(id, request, model, locale),
                desk.questions().redo(desk.viewer(), id, revision),
                "redo",
                "redo");
    }

    @PostMapping("/remove")
    String remove(@PathVariable long id, Place place, HtmxRequest request, Model model, Locale locale) {
        Spot spot = place.at();
        String focus = Editing.removed(cohort(id), spot);
        return answer(
                new Wish(id, request, model, locale), edit(id, place, each -> each.remove(spot)), "removed", focus);
    }

    @PostMapping("/duplicate")
    String duplicate(@PathVariable long id, Place place, HtmxRequest request, Model model, Locale locale) {
        Spot spot = place.at();
        int copy = cohort(id).criteria(spot.side(), spot.group());
        String focus = "card-" + Spots.name(new Spot(spot.side(), spot.group(), copy));
        return answer(
                new Wish(id, request, model, locale),
                edit(id, place, each -> each.duplicate(spot)),
                "duplicated",
                focus);
    }

    @PostMapping("/move")
    String move(@PathVariable long id, Place place, HtmxRequest request, Model model, Locale locale) {
        Spot spot = place.at();
        String to = place.to() == null ? "" : place.to();
        String focus = Editing.moved(cohort(id), spot, to);
        return answer(
                new Wish(id, request, model, locale),
                edit(id, place, each -> Editing.move(each, spot, to)),
                "moved",
                focus);
    }

    /**
     * What the form of a card sends.
     *
     * @param spot the criterion
     * @param to the group to move to; null where it is no move
     */
    record Place(long revision, String spot, @Nullable String to) {

        Spot at() {
            return Spots.spot(spot).orElseThrow(Desk::missing);
        }
    }

    private CohortDocument cohort(long id) {
        return Documents.cohort(desk.question(id).document());
    }

    private Change edit(long id, Place place, UnaryOperator<CohortDocument> edit) {
        return desk.edit(id, place.revision(), edit);
    }

    private String answer(Wish wish, Change change, String done, @Nullable String focus) {
        if (!wish.request().isHtmxRequest()) {
            return Editing.back(wish.id(), change, focus);
        }
        Words words = desk.words(wish.locale());
        EditorView view = page.fill(wish.model(), Editing.question(change), wish.locale(), focus);
        switch (change) {
            case Change.Done _ -> wish.model().addAttribute("announcement", announcement(view, done, words));
            case Change.Stale _ ->
                wish.model()
                        .addAttribute(
                                "message",
                                Message.warning(words.say("workbench.stale"), words.say("workbench.stale.text")));
            case Change.Nothing _, Change.Missing _ -> {}
        }
        return "workbench/fragment";
    }

    private static String announcement(EditorView view, String done, Words words) {
        String what = words.say("workbench.done." + done);
        EditorView.EstimateView estimate = view.estimate();
        return estimate == null || !estimate.known()
                ? what
                : what + " " + words.say("workbench.done.estimate", estimate.likely());
    }
}
