package allmende.app.selection;

import allmende.app.portal.Ask;
import allmende.app.portal.Change;
import allmende.app.portal.Question;
import allmende.app.portal.QuestionEntry;
import allmende.core.disclosure.CountryAnswers;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Saved questions for programs, in our own form. */
@RestController
@RequestMapping("/api/questions")
class QuestionApi {

    private final SelectionDesk desk;
    private final Readings readings;
    private final ApiAsking asking;
    private final CountryAnswers rules;

    QuestionApi(SelectionDesk desk, Readings readings, ApiAsking asking, CountryAnswers rules) {
        this.desk = desk;
        this.readings = readings;
        this.asking = asking;
        this.rules = rules;
    }

    @GetMapping
    ResponseEntity<byte[]> list() {
        ArrayNode list = Reply.array();
        for (QuestionEntry entry : desk.questions().list(desk.viewer())) {
            list.addObject()
                    .put("id", entry.id())
                    .put("name", entry.name())
                    .put("notes", entry.notes())
                    .put("shared", entry.shared())
                    .put("changed", entry.changed().toString())
                    .put("asks", entry.asks());
        }
        return Reply.json(list);
    }

    /** Takes a CCDL or CRTDL document. */
    @PostMapping
    ResponseEntity<byte[]> create(@RequestParam(defaultValue = "API") String name, @RequestBody byte[] document) {
        return switch (FileRead.of(document, readings.catalogue())) {
            case FileRead.Unreadable(var problem) -> Reply.invalid(List.of(problem));
            case FileRead.Understood read -> {
                Question question = desk.questions().create(desk.viewer(), name, SelectionDesk.text(read.document()));
                yield Reply.created("/api/questions/" + question.id());
            }
        };
    }

    @GetMapping("/{id}")
    ResponseEntity<byte[]> read(@PathVariable long id) {
        return with(
                id,
                question -> Reply.json(Reply.object()
                        .put("id", question.id())
                        .put("name", question.name())
                        .put("notes", question.notes())
                        .put("shared", question.shared())
                        .put("revision", question.revision())
                        .put("created", question.created().toString())
                        .put("changed", question.changed().toString())));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<byte[]> delete(@PathVariable long id) {
        return desk.questions().delete(desk.viewer(), id) ? Reply.nothing() : Reply.missing();
    }

    /** The document, byte for byte as it is kept. */
    @GetMapping("/{id}/document")
    ResponseEntity<byte[]> document(@PathVariable long id) {
        return with(id, question -> Reply.bytes(MediaType.APPLICATION_JSON, question.bytes()));
    }

    @PutMapping("/{id}/document")
    ResponseEntity<byte[]> replace(@PathVariable long id, @RequestParam long revision, @RequestBody byte[] document) {
        return switch (FileRead.of(document, readings.catalogue())) {
            case FileRead.Unreadable(var problem) -> Reply.invalid(List.of(problem));
            case FileRead.Understood read ->
                status(desk.edit(id, revision, before -> switch (read.kind()) {
                    case CCDL -> before.withCohort(read.document().cohort());
                    case CRTDL -> read.document();
                }));
        };
    }

    static ResponseEntity<byte[]> status(Change change) {
        return switch (change) {
            case Change.Done done -> Reply.nothing();
            case Change.Nothing nothing -> Reply.nothing();
            case Change.Stale stale -> Reply.stale();
            case Change.Missing missing -> Reply.missing();
        };
    }

    /** Asks the sites. */
    @PostMapping("/{id}/asks")
    ResponseEntity<byte[]> ask(@PathVariable long id) {
        return with(id, question -> asking.ask(question, ask -> "/api/questions/" + id + "/asks/" + ask.number()));
    }

    @GetMapping("/{id}/asks")
    ResponseEntity<byte[]> asks(@PathVariable long id) {
        return with(id, question -> {
            ArrayNode list = Reply.array();
            for (Ask ask : asking.asking().history(desk.viewer(), id)) {
                ObjectNode node = list.addObject();
                node.put("number", ask.number()).put("asked", ask.asked().toString());
                node.put("sites", ask.sites().size());
            }
            return Reply.json(list);
        });
    }

    /** What has come of an ask: the same as the pages show. */
    @GetMapping("/{id}/asks/{number}")
    ResponseEntity<byte[]> result(@PathVariable long id, @PathVariable int number) {
        Optional<Ask> found = asking.asking().find(desk.viewer(), id, number);
        if (found.isEmpty()) {
            return Reply.missing();
        }
        Ask ask = found.get();
        var names = ask.sites().stream().collect(Collectors.toMap(Ask.AskedSite::id, Ask.AskedSite::name));
        return Reply.json(
                AskResult.own(ask, asking.asking().results(ask), rules, site -> names.getOrDefault(site, site)));
    }

    private ResponseEntity<byte[]> with(long id, Function<Question, ResponseEntity<byte[]>> work) {
        return desk.find(id).map(work).orElseGet(() -> Reply.problem(HttpStatus.NOT_FOUND, Told.NO_QUESTION, id));
    }
}
