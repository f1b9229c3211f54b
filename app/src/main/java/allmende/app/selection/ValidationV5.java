package allmende.app.selection;

import allmende.core.cohort.Problem;
import allmende.core.cohort.ProblemCode;
import allmende.core.document.DataDocument;
import allmende.core.document.Remark;
import allmende.core.document.Upgrade;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks documents and brings them to the newest form (fifth version of the national portal's interface). */
@RestController
@RequestMapping("/api/v5")
class ValidationV5 {

    private final Readings readings;
    private final MessageSource messages;

    ValidationV5(Readings readings, MessageSource messages) {
        this.readings = readings;
        this.messages = messages;
    }

    @PostMapping("/validation/ccdl")
    ResponseEntity<byte[]> ccdl(@RequestBody byte[] document) {
        return checked(document, FileRead.Kind.CCDL);
    }

    @PostMapping("/validation/crtdl")
    ResponseEntity<byte[]> crtdl(@RequestBody byte[] document) {
        return checked(document, FileRead.Kind.CRTDL);
    }

    /** Checks the envelope of a saved query and the document in it. */
    @PostMapping("/validation/dataquery")
    ResponseEntity<byte[]> dataQuery(@RequestBody byte[] envelope) {
        return switch (SavedQuery.read(envelope)) {
            case SavedQuery.Read.Bad(Problem problem) -> Reply.invalid(List.of(problem));
            case SavedQuery.Read.Good(SavedQuery query) -> checked(query.content(), FileRead.Kind.CRTDL);
        };
    }

    private ResponseEntity<byte[]> checked(byte[] document, FileRead.Kind wanted) {
        return switch (FileRead.of(document, readings.catalogue())) {
            case FileRead.Unreadable(Problem problem) -> Reply.invalid(List.of(problem));
            case FileRead.Understood read
            when read.kind() != wanted ->
                Reply.invalid(List.of(Problem.of("", ProblemCode.OTHER_KIND_OF_FILE, read.kind(), wanted)));
            case FileRead.Understood read when !read.problems().isEmpty() -> Reply.invalid(read.problems());
            case FileRead.Understood read -> Reply.json(remarks(read));
        };
    }

    private ObjectNode remarks(FileRead.Understood read) {
        ObjectNode json = Reply.object().put("valid", true);
        ArrayNode list = json.putArray("remarks");
        for (Remark remark : read.remarks()) {
            String kind = remark.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
            list.addObject()
                    .put("kind", kind)
                    .put("pointer", remark.pointer())
                    .put("subject", remark.subject())
                    .put(
                            "message",
                            messages.getMessage(
                                    "selection.import.remark." + kind,
                                    new Object[] {remark.subject()},
                                    Reply.language()));
        }
        return json;
    }

    /** The document in the newest form; the number of changes is in the header {@code Differences}. */
    @PostMapping("/upgrade/crtdl")
    ResponseEntity<byte[]> upgrade(@RequestBody byte[] document) {
        return switch (DataDocument.read(document)) {
            case DataDocument.Read.Unreadable(Problem problem) -> Reply.invalid(List.of(problem));
            case DataDocument.Read.Readable readable -> {
                Upgrade<DataDocument> newest = readable.document().upgraded(readings.catalogue());
                yield ResponseEntity.ok()
                        .header(
                                "Differences",
                                Integer.toString(newest.differences().size()))
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(newest.document().write());
            }
        };
    }
}
