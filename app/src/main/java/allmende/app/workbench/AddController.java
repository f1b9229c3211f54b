package allmende.app.workbench;

import allmende.app.concepts.ChosenConcept;
import allmende.app.portal.Change;
import allmende.app.portal.Question;
import allmende.core.cohort.TermRules;
import allmende.core.document.CohortDocument;
import allmende.core.document.Side;
import allmende.core.document.Spot;
import allmende.core.document.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Adding criteria: the page with the search, and what it sends; and the choice of the consent. */
@Controller
@RequestMapping("/workbench/{id}")
class AddController {

    private final Desk desk;

    AddController(Desk desk) {
        this.desk = desk;
    }

    /** The page around the search over concepts; what is chosen there comes back to {@link #criteria}. */
    @GetMapping("/add")
    String add(@PathVariable long id, @RequestParam String to, Model model, Locale locale) {
        Question question = desk.question(id);
        Spots.GroupPlace place = Spots.group(to).orElseThrow(Desk::missing);
        String target = "/workbench/" + id + "/criteria?revision=" + question.revision() + "&to=" + to;
        model.addAttribute("question", question);
        model.addAttribute("heading", heading(question, place, desk.words(locale)));
        model.addAttribute("target", target);
        return "workbench/add";
    }

    private static String heading(Question question, Spots.GroupPlace place, Words words) {
        CohortDocument cohort = Documents.cohort(question.document());
        boolean fresh = place.group() >= cohort.groups(place.side());
        String key = "workbench.add." + Spots.name(place.side()) + (fresh ? ".new" : ".group");
        return words.say(key, place.group() + 1);
    }

    /**
     * Adds what was chosen: codes of one context become one criterion that any of them meets, those of several contexts
     * alternatives of the group.
     *
     * @param form with each {@link ChosenConcept}
     */
    @PostMapping("/criteria")
    String criteria(
            @PathVariable long id,
            @RequestParam long revision,
            @RequestParam String to,
            @RequestParam MultiValueMap<String, String> form,
            Locale locale) {
        Spots.GroupPlace place = Spots.group(to).orElseThrow(Desk::missing);
        Map<String, List<Term>> chosen = new LinkedHashMap<>();
        for (ChosenConcept each : ChosenConcept.all(form)) {
            term(each, locale).ifPresent(term -> chosen.computeIfAbsent(term.context(), key -> new ArrayList<>())
                    .add(term));
        }
        if (chosen.isEmpty()) {
            return "redirect:/workbench/" + id + "/add?to=" + to;
        }
        Change change = desk.edit(id, revision, cohort -> add(cohort, place, chosen));
        if (!(change instanceof Change.Done(Question question))) {
            return Editing.back(id, change);
        }
        Spot spot = newest(Documents.cohort(question.document()), place);
        boolean incomplete = chosen.values().stream().flatMap(List::stream).anyMatch(this::valueRequired);
        return incomplete
                ? "redirect:/workbench/" + id + "/criterion/" + Spots.name(spot)
                : Editing.back(id, change, "card-" + Spots.name(spot));
    }

    private static CohortDocument add(CohortDocument cohort, Spots.GroupPlace place, Map<String, List<Term>> chosen) {
        CohortDocument after = cohort;
        int group = Math.min(place.group(), cohort.groups(place.side()));
        for (List<Term> terms : chosen.values()) {
            after = after.addCriterion(place.side(), group, terms);
        }
        return after;
    }

    private static Spot newest(CohortDocument cohort, Spots.GroupPlace place) {
        Side side = place.side();
        int group = Math.min(place.group(), cohort.groups(side) - 1);
        return new Spot(side, group, cohort.criteria(side, group) - 1);
    }

    private boolean valueRequired(Term term) {
        return desk.catalogue()
                .context(term.context())
                .filter(context -> TermRules.valueRequired(context, term.coding()))
                .isPresent();
    }

    private Optional<Term> term(ChosenConcept chosen, Locale locale) {
        return desk.catalogue()
                .context(chosen.context())
                .filter(context -> TermRules.canMeet(context, chosen.coding()))
                .map(context -> new Term(context.code(), chosen.coding(), display(chosen, context.code(), locale)));
    }

    private String display(ChosenConcept chosen, String context, Locale locale) {
        return desk.concepts()
                .find(chosen.coding(), context)
                .map(concept -> concept.display(locale))
                .filter(text -> !text.isBlank())
                .orElse(chosen.display().isBlank() ? chosen.coding().code() : chosen.display());
    }

    @GetMapping("/consent")
    String consent(@PathVariable long id, Model model) {
        Question question = desk.question(id);
        Optional<ConsentChoice> chosen = Consent.chosen(Documents.cohort(question.document()));
        model.addAttribute("question", question);
        model.addAttribute("needed", chosen.isPresent());
        model.addAttribute("choice", chosen.orElse(new ConsentChoice(true, true, false, false)));
        return "workbench/consent";
    }

    @PostMapping("/consent")
    String consent(
            @PathVariable long id,
            @RequestParam long revision,
            @RequestParam boolean needed,
            ConsentForm form,
            Locale locale) {
        Words words = desk.words(locale);
        ConsentChoice choice = form.choice();
        Change change = desk.edit(
                id,
                revision,
                cohort -> needed
                        ? Consent.with(cohort, choice, ConsentChoice.text(choice, words))
                        : Consent.without(cohort));
        return Editing.back(id, change);
    }

    /** The four answers as the form sends them. */
    record ConsentForm(
            @Nullable Boolean distributed,
            @Nullable Boolean european,
            @Nullable Boolean insurance,
            @Nullable Boolean recontact) {

        ConsentChoice choice() {
            return new ConsentChoice(
                    Boolean.TRUE.equals(distributed),
                    Boolean.TRUE.equals(european),
                    Boolean.TRUE.equals(insurance),
                    Boolean.TRUE.equals(recontact));
        }
    }
}
