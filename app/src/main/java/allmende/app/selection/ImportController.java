package allmende.app.selection;

import allmende.app.portal.Change;
import allmende.app.portal.Question;
import allmende.app.web.PointerLines;
import allmende.core.document.DataDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Reads files: first a look at what they hold, then they are kept, as a new question or in the place of an old one. */
@Controller
class ImportController {

    private static final int FILE_MAX_BYTES = 1024 * 1024;
    private static final int NAME_MAX_CHARACTERS = 120;
    private static final String PAGE = "selection/import";

    private final SelectionDesk desk;
    private final Readings readings;
    private final MessageSource messages;

    ImportController(SelectionDesk desk, Readings readings, MessageSource messages) {
        this.desk = desk;
        this.readings = readings;
        this.messages = messages;
    }

    /**
     * What the forms of this page send.
     *
     * @param text pasted, or what the file held
     * @param into number of the question whose content is replaced; null for a new one
     * @param revision of that question
     * @param name of the new question
     * @param form {@code newest} to keep the newest form
     */
    record ImportForm(
            @Nullable String text,
            @Nullable Long into,
            @Nullable Long revision,
            @Nullable String name,
            @Nullable String form) {

        String content() {
            return text == null ? "" : text;
        }
    }

    @GetMapping("/workbench/import")
    String page(Model model) {
        return form(null, model);
    }

    @GetMapping("/workbench/{id}/import")
    String page(@PathVariable long id, Model model) {
        return form(id, model);
    }

    private String form(@Nullable Long into, Model model) {
        model.addAttribute("form", new ImportForm("", into, null, null, null));
        into(into, model);
        return PAGE;
    }

    /** A look at the file. */
    @PostMapping("/workbench/import")
    String look(
            @ModelAttribute("form") ImportForm form,
            @RequestParam(required = false) @Nullable MultipartFile file,
            Model model,
            Locale locale)
            throws IOException {
        byte[] content =
                file == null || file.isEmpty() ? form.content().getBytes(StandardCharsets.UTF_8) : file.getBytes();
        into(form.into(), model);
        if (content.length > FILE_MAX_BYTES || new String(content, StandardCharsets.UTF_8).isBlank()) {
            model.addAttribute(
                    "bad", content.length > FILE_MAX_BYTES ? "selection.import.large" : "selection.import.empty");
            return PAGE;
        }
        String text = new String(content, StandardCharsets.UTF_8);
        model.addAttribute("form", new ImportForm(text, form.into(), form.revision(), form.name(), null));
        PointerLines lines = PointerLines.of(text);
        switch (FileRead.of(content, readings.catalogue())) {
            case FileRead.Unreadable(var problem) ->
                model.addAttribute("unreadable", ImportView.At.of(problem, lines, locale));
            case FileRead.Understood read -> {
                var query = read.query();
                String sentence = query == null ? "" : readings.plain(query, locale);
                model.addAttribute("view", ImportView.of(read, sentence, lines, locale));
            }
        }
        return PAGE;
    }

    /** Keeps the file that was looked at. */
    @PostMapping("/workbench/import/keep")
    String keep(@ModelAttribute("form") ImportForm form, RedirectAttributes redirect, Locale locale) {
        byte[] content = form.content().getBytes(StandardCharsets.UTF_8);
        if (!(FileRead.of(content, readings.catalogue()) instanceof FileRead.Understood read)) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        DataDocument document = "newest".equals(form.form()) ? read.newest().document() : read.document();
        Long into = form.into();
        Long revision = form.revision();
        if (into == null || revision == null) {
            Question question =
                    desk.questions().create(desk.viewer(), name(form, locale), SelectionDesk.text(document));
            redirect.addFlashAttribute("message", "selection.import.done");
            return "redirect:/workbench/" + question.id() + "/files";
        }
        Change change = desk.edit(into, revision, before -> replaced(before, document, read.kind()));
        redirect.addFlashAttribute("message", message(change));
        return "redirect:/workbench/" + into + "/files";
    }

    /** A cohort definition replaces the cohort only; the data that was chosen stays. */
    private static DataDocument replaced(DataDocument before, DataDocument document, FileRead.Kind kind) {
        return switch (kind) {
            case CCDL -> before.withCohort(document.cohort());
            case CRTDL -> document;
        };
    }

    private static String message(Change change) {
        return switch (change) {
            case Change.Done _ -> "selection.import.done";
            case Change.Nothing _ -> "selection.done.nothing";
            case Change.Stale _ -> "selection.done.stale";
            case Change.Missing _ -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        };
    }

    private String name(ImportForm form, Locale locale) {
        String wished = form.name() == null ? "" : form.name().strip();
        String name = wished.isEmpty() ? messages.getMessage("selection.import.name.default", null, locale) : wished;
        return name.length() > NAME_MAX_CHARACTERS ? name.substring(0, NAME_MAX_CHARACTERS) : name;
    }

    private void into(@Nullable Long id, Model model) {
        if (id != null) {
            model.addAttribute(
                    "target", desk.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
        }
    }
}
