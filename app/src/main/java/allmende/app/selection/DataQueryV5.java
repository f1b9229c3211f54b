package allmende.app.selection;

import allmende.app.identity.Role;
import allmende.app.portal.Change;
import allmende.app.portal.Question;
import allmende.app.portal.QuestionEntry;
import allmende.app.portal.Questions;
import allmende.app.portal.Viewer;
import allmende.core.document.DataDocument;
import java.util.List;
import java.util.Optional;
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
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;

/** Saved queries as programs of the national portal keep them (fifth version of its interface). They are questions here. */
@RestController
@RequestMapping("/api/v5/query/data")
class DataQueryV5 {

    /** Most queries that a program may keep for an account. */
    static final int SLOTS = 100;

    private static final MediaType ZIP = new MediaType("application", "zip");

    private final SelectionDesk desk;

    DataQueryV5(SelectionDesk desk) {
        this.desk = desk;
    }

    @GetMapping
    ResponseEntity<byte[]> list() {
        return Reply.json(lines(own(desk.viewer())));
    }

    private List<QuestionEntry> own(Viewer viewer) {
        return desk.questions().list(viewer).stream()
                .filter(entry -> entry.owner() == viewer.account())
                .toList();
    }

    private static ArrayNode lines(List<QuestionEntry> entries) {
        ArrayNode list = Reply.array();
        entries.forEach(entry -> list.addObject()
                .put("id", entry.id())
                .put("label", entry.name())
                .put("comment", entry.notes())
                .put("lastModified", entry.changed().toString()));
        return list;
    }

    @PostMapping
    ResponseEntity<byte[]> create(@RequestBody byte[] envelope) {
        if (own(desk.viewer()).size() >= SLOTS) {
            return Reply.problem(HttpStatus.FORBIDDEN, Told.SLOTS_TAKEN, SLOTS);
        }
        return switch (SavedQuery.read(envelope)) {
            case SavedQuery.Read.Bad(var problem) -> Reply.invalid(List.of(problem));
            case SavedQuery.Read.Good(SavedQuery query) ->
                switch (DataDocument.read(query.content())) {
                    case DataDocument.Read.Unreadable(var problem) -> Reply.invalid(List.of(problem));
                    case DataDocument.Read.Readable readable -> {
                        Question question = desk.questions()
                                .create(desk.viewer(), name(query), SelectionDesk.text(readable.document()));
                        describe(question, query);
                        yield Reply.created("/api/v5/query/data/" + question.id());
                    }
                };
        };
    }

    private static String name(SavedQuery query) {
        return query.label().isBlank() ? "API" : query.label();
    }

    private Change describe(Question question, SavedQuery query) {
        return desk.questions()
                .describe(
                        desk.viewer(),
                        question.id(),
                        question.revision(),
                        new Questions.Description(name(query), query.comment()));
    }

    @GetMapping("/{id}")
    ResponseEntity<byte[]> read(@PathVariable long id) {
        return desk.find(id)
                .map(question -> Reply.bytes(MediaType.APPLICATION_JSON, SavedQuery.write(question)))
                .orElseGet(Reply::missing);
    }

    /** Replaces label, comment and document. */
    @PutMapping("/{id}")
    ResponseEntity<byte[]> replace(@PathVariable long id, @RequestBody byte[] envelope) {
        Optional<Question> found = desk.find(id);
        if (found.isEmpty()) {
            return Reply.missing();
        }
        return switch (SavedQuery.read(envelope)) {
            case SavedQuery.Read.Bad(var problem) -> Reply.invalid(List.of(problem));
            case SavedQuery.Read.Good(SavedQuery query) ->
                switch (DataDocument.read(query.content())) {
                    case DataDocument.Read.Unreadable(var problem) -> Reply.invalid(List.of(problem));
                    case DataDocument.Read.Readable readable ->
                        switch (desk.edit(id, found.get().revision(), before -> readable.document())) {
                            case Change.Done(Question question) -> QuestionApi.status(describe(question, query));
                            case Change.Nothing(Question question) -> QuestionApi.status(describe(question, query));
                            case Change.Stale stale -> Reply.stale();
                            case Change.Missing missing -> Reply.missing();
                        };
                };
        };
    }

    @DeleteMapping("/{id}")
    ResponseEntity<byte[]> delete(@PathVariable long id) {
        return desk.questions().delete(desk.viewer(), id) ? Reply.nothing() : Reply.missing();
    }

    /** The document alone, byte for byte. */
    @GetMapping("/{id}/crtdl")
    ResponseEntity<byte[]> crtdl(@PathVariable long id) {
        return desk.find(id)
                .map(question -> Reply.bytes(MediaType.APPLICATION_JSON, question.bytes()))
                .orElseGet(Reply::missing);
    }

    /** A document as tables in a ZIP archive. */
    @PostMapping("/convert/crtdl")
    ResponseEntity<byte[]> convert(@RequestBody byte[] crtdl) {
        return switch (DataDocument.read(crtdl)) {
            case DataDocument.Read.Unreadable(var problem) -> Reply.invalid(List.of(problem));
            case DataDocument.Read.Readable readable -> Reply.bytes(ZIP, QueryTables.zip(readable.document()));
        };
    }

    /** How many places are taken. */
    @GetMapping("/query-slots")
    ResponseEntity<byte[]> slots() {
        return Reply.json(Reply.object().put("used", own(desk.viewer()).size()).put("total", SLOTS));
    }

    /** What another account keeps; for administrators. */
    @GetMapping("/by-user/{account}")
    ResponseEntity<byte[]> byUser(@PathVariable long account) {
        return desk.account().is(Role.ADMIN)
                ? Reply.json(lines(own(new Viewer(account, null))))
                : Reply.problem(HttpStatus.FORBIDDEN, Told.OTHERS_QUERIES);
    }
}
