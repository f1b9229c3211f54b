package allmende.app.workbench;

import allmende.app.portal.Change;
import allmende.app.portal.Question;
import allmende.app.portal.QuestionEntry;
import allmende.app.portal.Questions;
import allmende.app.web.QuestionLibrary;
import allmende.core.document.CohortDocument;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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

/** The list of questions and the editor's page. */
@Controller
@RequestMapping("/workbench")
class QuestionController {

    static final int NAME_MAX = 200;

    private final Desk desk;
    private final EditorPage page;
    private final QuestionLibrary examples;

    QuestionController(Desk desk, EditorPage page, QuestionLibrary examples) {
        this.desk = desk;
        this.page = page;
        this.examples = examples;
    }

    /** A line of the list. */
    record Line(
            long id,
            String name,
            String notes,
            boolean own,
            String owner,
            boolean shared,
            Instant changed,
            int asks,
            @Nullable Integer lastAsk) {}

    /** An example to begin with. */
    record Example(String id, String title) {}

    @GetMapping
    String list(Model model, Locale locale) {
        List<Line> lines =
                desk.questions().list(desk.viewer()).stream().map(this::line).toList();
        model.addAttribute("entries", lines);
        model.addAttribute("times", desk.words(locale));
        model.addAttribute(
                "examples",
                examples.all().stream()
                        .map(each -> new Example(each.id(), each.title().in(locale)))
                        .toList());
        return "workbench/list";
    }

    private Line line(QuestionEntry entry) {
        return new Line(
                entry.id(),
                entry.name(),
                entry.notes(),
                entry.owner() == desk.viewer().account(),
                desk.name(entry.owner()),
                entry.shared(),
                entry.changed(),
                entry.asks(),
                entry.lastAsk());
    }

    @PostMapping
    String create(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String example,
            Locale locale) {
        Words words = desk.words(locale);
        Question question = examples.find(example)
                .map(found -> desk.questions()
                        .create(
                                desk.viewer(),
                                found.title().in(locale),
                                beginning(found.query().in(locale))))
                .orElseGet(() -> desk.questions()
                        .create(
                                desk.viewer(),
                                name.isBlank() ? words.say("workbench.new.name") : cut(name),
                                Documents.empty()));
        return "redirect:/workbench/" + question.id();
    }

    private static String beginning(String query) {
        return switch (CohortDocument.read(query.getBytes(StandardCharsets.UTF_8))) {
            case CohortDocument.Read.Readable readable -> Documents.around(readable.document());
            case CohortDocument.Read.Unreadable unreadable ->
                throw new IllegalStateException("an example can't be read: " + unreadable.problem());
        };
    }

    static String cut(String text) {
        String stripped = text.strip();
        return stripped.length() <= NAME_MAX ? stripped : stripped.substring(0, NAME_MAX);
    }

    @GetMapping("/{id}")
    String open(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String focus,
            @RequestParam(required = false) @Nullable String stale,
            Model model,
            Locale locale) {
        Words words = desk.words(locale);
        if (stale != null) {
            model.addAttribute(
                    "message", Message.warning(words.say("workbench.stale"), words.say("workbench.stale.text")));
        }
        page.fill(model, desk.question(id), locale, focus);
        return "workbench/edit";
    }

    @GetMapping("/{id}/about")
    String about(@PathVariable long id, Model model, Locale locale) {
        Question question = desk.question(id);
        model.addAttribute("question", question);
        model.addAttribute("own", question.ownedBy(desk.viewer()));
        model.addAttribute("inTeam", desk.viewer().team() != null);
        model.addAttribute("owner", desk.name(question.owner()));
        return "workbench/about";
    }

    @PostMapping("/{id}/about")
    String describe(
            @PathVariable long id,
            @RequestParam long revision,
            @RequestParam String name,
            @RequestParam(defaultValue = "") String notes,
            Locale locale) {
        String kept = name.isBlank() ? desk.words(locale).say("workbench.new.name") : cut(name);
        Change change =
                desk.questions().describe(desk.viewer(), id, revision, new Questions.Description(kept, notes.strip()));
        return Editing.back(id, change);
    }

    @PostMapping("/{id}/share")
    String share(@PathVariable long id, @RequestParam long revision, @RequestParam boolean shared) {
        return Editing.back(id, desk.questions().share(desk.viewer(), id, revision, shared));
    }

    @PostMapping("/{id}/delete")
    String delete(@PathVariable long id) {
        if (!desk.questions().delete(desk.viewer(), id)) {
            throw Desk.missing();
        }
        return "redirect:/workbench";
    }
}
