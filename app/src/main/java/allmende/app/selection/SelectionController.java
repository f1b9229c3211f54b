package allmende.app.selection;

import allmende.app.portal.Change;
import allmende.app.portal.Question;
import allmende.core.document.DataDocument;
import allmende.core.profile.Profiles;
import io.github.wimdeblauwe.htmx.spring.boot.mvc.HxRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The editor of a data selection. Each step is a form; with htmx the editor comes back as a part of the page, without it
 * the form leads back to the whole page.
 */
@Controller
@RequestMapping("/workbench/{id}/selection")
class SelectionController {

    private static final String PAGE = "selection/edit";
    private static final String PART = "selection/editor :: editor";

    private final SelectionDesk desk;
    private final Profiles profiles;
    private final CodeNames names;

    SelectionController(SelectionDesk desk, Profiles profiles, CodeNames names) {
        this.desk = desk;
        this.profiles = profiles;
        this.names = names;
    }

    @GetMapping
    String page(@PathVariable long id, Model model, Locale locale) {
        Question question = desk.find(id).orElseThrow(SelectionController::missing);
        show(question, model, locale);
        return PAGE;
    }

    @PostMapping("/edit")
    String edit(@PathVariable long id, @ModelAttribute EditForm form, RedirectAttributes redirect, Locale locale) {
        Outcome outcome = outcome(id, form, locale);
        redirect.addFlashAttribute("message", outcome.message());
        redirect.addFlashAttribute("opened", opened(form));
        Integer group = form.group();
        return "redirect:/workbench/" + id + "/selection" + (group == null ? "#message" : "#group-" + group);
    }

    @HxRequest
    @PostMapping("/edit")
    String editPart(@PathVariable long id, @ModelAttribute EditForm form, Model model, Locale locale) {
        Outcome outcome = outcome(id, form, locale);
        model.addAttribute("message", outcome.message());
        model.addAttribute("opened", opened(form));
        show(outcome.question(), model, locale);
        return PART;
    }

    @PostMapping("/{step:undo|redo}")
    String step(
            @PathVariable long id,
            @PathVariable String step,
            @RequestParam long revision,
            RedirectAttributes redirect) {
        Change change = step.equals("undo")
                ? desk.questions().undo(desk.viewer(), id, revision)
                : desk.questions().redo(desk.viewer(), id, revision);
        redirect.addFlashAttribute(
                "message", outcome(change, "selection.done." + step).message());
        return "redirect:/workbench/" + id + "/selection#message";
    }

    /** What to show after a step. */
    private record Outcome(Question question, @Nullable String message) {}

    private Outcome outcome(long id, EditForm form, Locale locale) {
        return switch (form.wish()) {
            case EditForm.Wish.Bad(String message) ->
                new Outcome(desk.find(id).orElseThrow(SelectionController::missing), message);
            case EditForm.Wish.Step(SelectionEdit edit) ->
                outcome(
                        desk.edit(id, form.revision(), document -> editor(document, form, locale)
                                .apply(document, edit)),
                        "selection.done.edit");
        };
    }

    /** Which part of the page stays open after the step: the one that its button is in. */
    private static String opened(EditForm form) {
        String act = form.act() == null ? "" : form.act();
        if (act.startsWith("add-profile:")) {
            return act.substring("add-profile:".length());
        }
        String part = act.startsWith("add-field:") ? "more" : "filters";
        boolean inside = act.startsWith("add-field:") || act.startsWith("codes:") || act.startsWith("remove-code:");
        return inside ? "group-" + form.group() + "-" + part : "group-" + form.group();
    }

    /** Codes that are added get their texts from the search, in the context of the element that the button is for. */
    private SelectionEditor editor(DataDocument document, EditForm form, Locale locale) {
        String act = form.act() == null ? "" : form.act();
        Integer at = form.group();
        String context = at == null || !act.startsWith("codes:")
                ? null
                : CodeField.find(document, profiles, at, act.substring("codes:".length()))
                        .map(field -> field.element().context())
                        .orElse(null);
        return new SelectionEditor(profiles, locale, coding -> names.of(coding, context, locale));
    }

    private static Outcome outcome(Change change, String done) {
        return switch (change) {
            case Change.Done(Question question) -> new Outcome(question, done);
            case Change.Nothing(Question question) -> new Outcome(question, "selection.done.nothing");
            case Change.Stale(Question question) -> new Outcome(question, "selection.done.stale");
            case Change.Missing _ -> throw missing();
        };
    }

    private void show(Question question, Model model, Locale locale) {
        SelectionView view = new SelectionViews(profiles, names, locale).of(question, SelectionDesk.document(question));
        model.addAttribute("view", view);
    }

    private static ResponseStatusException missing() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
