package allmende.app.selection;

import allmende.app.portal.Question;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.ParsedQuery;
import allmende.core.document.DataDocument;
import allmende.core.document.Exported;
import allmende.core.document.Format;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;

/** A question as files, with what each form can't hold, and in other languages for reading. */
@Controller
@RequestMapping("/workbench/{id}/files")
class FilesController {

    private final SelectionDesk desk;
    private final Readings readings;

    FilesController(SelectionDesk desk, Readings readings) {
        this.desk = desk;
        this.readings = readings;
    }

    /**
     * A form that can be had.
     *
     * @param key ending of message keys, and its name in addresses
     * @param cohort what the cohort alone loses in it
     * @param data what cohort and data lose in it
     */
    record Form(String key, Exported cohort, Exported data) {}

    @GetMapping
    String page(@PathVariable long id, Model model, Locale locale) {
        Question question = question(id);
        DataDocument document = SelectionDesk.document(question);
        List<Form> forms = new ArrayList<>();
        for (Format format : Format.values()) {
            forms.add(new Form(
                    key(format),
                    document.cohort().export(format, readings.catalogue()),
                    document.export(format, readings.catalogue())));
        }
        model.addAttribute("question", question);
        model.addAttribute("forms", forms);
        if (document.cohort().query(readings.catalogue()) instanceof ParsedQuery.Valid(CohortQuery query)) {
            model.addAttribute("plain", readings.plain(query, locale));
            model.addAttribute("cql", readings.cql(query));
            model.addAttribute("sql", readings.sql(query));
        }
        return "selection/files";
    }

    /** The file: {@code crtdl} or {@code ccdl} in one of the forms, {@code cql} or {@code sql}. */
    @GetMapping("/{form:as-is|newest|strict}/{kind:ccdl|crtdl}.json")
    ResponseEntity<byte[]> document(@PathVariable long id, @PathVariable String form, @PathVariable String kind) {
        Question question = question(id);
        DataDocument document = SelectionDesk.document(question);
        Format format =
                switch (form) {
                    case "newest" -> Format.CCDL_2;
                    case "strict" -> Format.CCDL_1_STRICT;
                    default -> Format.AS_IS;
                };
        Exported exported = kind.equals("ccdl")
                ? document.cohort().export(format, readings.catalogue())
                : document.export(format, readings.catalogue());
        return file(question, kind + ".json", MediaType.APPLICATION_JSON, exported.bytes());
    }

    @GetMapping("/query.{kind:cql|sql}")
    ResponseEntity<byte[]> text(@PathVariable long id, @PathVariable String kind) {
        Question question = question(id);
        DataDocument document = SelectionDesk.document(question);
        if (!(document.cohort().query(readings.catalogue()) instanceof ParsedQuery.Valid(CohortQuery query))) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        String text = kind.equals("cql") ? readings.cql(query) : readings.sql(query);
        return file(
                question,
                kind,
                new MediaType("text", kind.equals("cql") ? "cql" : "plain", StandardCharsets.UTF_8),
                text.getBytes(StandardCharsets.UTF_8));
    }

    private Question question(long id) {
        return desk.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static String key(Format format) {
        return switch (format) {
            case AS_IS -> "as-is";
            case CCDL_2 -> "newest";
            case CCDL_1_STRICT -> "strict";
        };
    }

    private static ResponseEntity<byte[]> file(Question question, String ending, MediaType type, byte[] content) {
        ContentDisposition disposition = ContentDisposition.attachment()
                .filename("question-" + question.id() + "." + ending)
                .build();
        return ResponseEntity.ok()
                .contentType(type)
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(content);
    }
}
