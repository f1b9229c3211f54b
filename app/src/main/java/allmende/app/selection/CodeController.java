package allmende.app.selection;

import allmende.app.concepts.ChosenConcept;
import allmende.app.concepts.ConceptAddress;
import allmende.app.portal.Change;
import allmende.app.portal.Question;
import allmende.core.fhir.Coding;
import allmende.core.profile.Profiles;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Codes of a filter by the concept search: the page around it, and what it sends. The search is limited to the context and
 * the code systems of the field.
 */
@Controller
@RequestMapping("/workbench/{id}/selection")
class CodeController {

    private final SelectionDesk desk;
    private final Profiles profiles;
    private final CodeNames names;

    CodeController(SelectionDesk desk, Profiles profiles, CodeNames names) {
        this.desk = desk;
        this.profiles = profiles;
        this.names = names;
    }

    /** The page with the search; what is chosen there comes back to {@link #chosen}. */
    @GetMapping("/codes")
    String search(
            @PathVariable long id, @RequestParam int group, @RequestParam String name, Model model, Locale locale) {
        Question question = question(id);
        CodeField field = field(question, group, name);
        String context = field.element().context();
        if (context == null) {
            throw missing();
        }
        String target = "/workbench/" + id + "/selection/concepts?revision=" + question.revision() + "&group=" + group
                + "&name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        model.addAttribute("question", question);
        model.addAttribute("field", field);
        model.addAttribute("element", field.element().title().in(locale));
        model.addAttribute(
                "address",
                ConceptAddress.choosing(target, context, field.element().systems()));
        return "selection/codes";
    }

    /**
     * The filter that codes are added to, as its address names it.
     *
     * @param revision of the question that its author saw
     * @param group number of the group in the document
     * @param name the search parameter
     */
    record Place(long revision, int group, String name) {

        String anchor() {
            return "group-" + group + "-filters";
        }
    }

    /**
     * Adds what was chosen to the filter.
     *
     * @param form with each {@link ChosenConcept}; what is of a code system that the field does not take is left out
     */
    @PostMapping("/concepts")
    String chosen(
            @PathVariable long id,
            Place place,
            @RequestParam MultiValueMap<String, String> form,
            RedirectAttributes redirect,
            Locale locale) {
        CodeField field = field(question(id), place.group(), place.name());
        List<Coding> codes = ChosenConcept.all(form).stream()
                .map(ChosenConcept::coding)
                .filter(field::takes)
                .distinct()
                .limit(EditForm.CODES_MAX)
                .toList();
        redirect.addFlashAttribute("opened", place.anchor());
        redirect.addFlashAttribute(
                "message", codes.isEmpty() ? "selection.bad.chosen" : add(id, place, field, codes, locale));
        return "redirect:/workbench/" + id + "/selection#" + place.anchor();
    }

    private String add(long id, Place place, CodeField field, List<Coding> codes, Locale locale) {
        String context = field.element().context();
        SelectionEditor editor = new SelectionEditor(profiles, locale, coding -> names.of(coding, context, locale));
        SelectionEdit added = new SelectionEdit.AddCodes(place.group(), place.name(), codes);
        return message(desk.edit(id, place.revision(), document -> editor.apply(document, added)));
    }

    private static String message(Change change) {
        return switch (change) {
            case Change.Done _ -> "selection.done.edit";
            case Change.Nothing _ -> "selection.done.nothing";
            case Change.Stale _ -> "selection.done.stale";
            case Change.Missing _ -> throw missing();
        };
    }

    private Question question(long id) {
        return desk.find(id).orElseThrow(CodeController::missing);
    }

    private CodeField field(Question question, int group, String name) {
        return CodeField.find(SelectionDesk.document(question), profiles, group, name)
                .orElseThrow(CodeController::missing);
    }

    private static ResponseStatusException missing() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
