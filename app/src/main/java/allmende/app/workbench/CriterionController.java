package allmende.app.workbench;

import allmende.app.portal.Change;
import allmende.app.portal.Question;
import allmende.core.document.CohortDocument;
import allmende.core.document.Spot;
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
import org.springframework.web.servlet.ModelAndView;

/** The page of one criterion, with all its filters. */
@Controller
@RequestMapping("/workbench/{id}/criterion/{name}")
class CriterionController {

    private static final String PAGE = "workbench/criterion";

    private final Desk desk;
    private final CriterionForms forms;

    CriterionController(Desk desk, CriterionForms forms) {
        this.desk = desk;
        this.forms = forms;
    }

    @GetMapping
    String open(@PathVariable long id, @PathVariable String name, Model model, Locale locale) {
        Question question = desk.question(id);
        fill(model, question, desk.sheet(question, locale), name, locale);
        return PAGE;
    }

    private Spot fill(Model model, Question question, Sheet sheet, String name, Locale locale) {
        Spot spot = Spots.spot(name).filter(sheet.cohort()::has).orElseThrow(Desk::missing);
        model.addAttribute("question", question);
        model.addAttribute("form", forms.draw(sheet, spot, desk.words(locale)));
        model.addAttribute("faults", List.of());
        return spot;
    }

    @PostMapping
    ModelAndView save(
            @PathVariable long id,
            @PathVariable String name,
            @RequestParam long revision,
            @RequestParam MultiValueMap<String, String> fields,
            Locale locale) {
        Question question = desk.question(id);
        Sheet sheet = desk.sheet(question, locale);
        Spot spot = Spots.spot(name).filter(sheet.cohort()::has).orElseThrow(Desk::missing);
        CriterionEdit edit = new CriterionEdit(sheet, spot, fields);
        CohortDocument after = edit.apply(sheet.cohort());
        if (!edit.faults().isEmpty()) {
            return again(question, desk.sheet(question, after, locale), name, edit, locale);
        }
        Change change = desk.edit(id, revision, cohort -> edit.apply(cohort));
        return new ModelAndView(Editing.back(id, change, "card-" + name));
    }

    /** The form again with what could be read, and what could not. */
    private ModelAndView again(Question question, Sheet sheet, String name, CriterionEdit edit, Locale locale) {
        ModelAndView page = new ModelAndView(PAGE, HttpStatus.UNPROCESSABLE_CONTENT);
        Model model = new org.springframework.ui.ExtendedModelMap();
        fill(model, question, sheet, name, locale);
        page.addAllObjects(model.asMap());
        Words words = desk.words(locale);
        page.addObject("faults", edit.faults().stream().map(words::say).toList());
        return page;
    }
}
