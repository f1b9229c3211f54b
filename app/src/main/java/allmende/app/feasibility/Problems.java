package allmende.app.feasibility;

import allmende.core.cohort.Problem;
import allmende.core.cohort.ProblemText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Errors as {@code application/problem+json} (RFC 9457). */
public final class Problems {

    private Problems() {}

    /** An error with a sentence for the one who asked. */
    public static ResponseEntity<byte[]> of(HttpStatus status, String detail) {
        return response(ResponseEntity.status(status), node(status, detail));
    }

    /** The site can't answer now; {@code seconds} tells when to try again. */
    public static ResponseEntity<byte[]> later(String detail, int seconds) {
        HttpStatus status = HttpStatus.SERVICE_UNAVAILABLE;
        return response(
                ResponseEntity.status(status).header(HttpHeaders.RETRY_AFTER, Integer.toString(seconds)),
                node(status, detail));
    }

    /** A query that can't be answered: each problem with its JSON pointer. */
    static ResponseEntity<byte[]> invalid(List<Problem> problems) {
        HttpStatus status = HttpStatus.BAD_REQUEST;
        ObjectNode node = node(status, "The query can't be answered; see problems.");
        ArrayNode list = node.putArray("problems");
        for (Problem problem : problems) {
            ObjectNode one = list.addObject();
            one.put("pointer", problem.pointer());
            one.put("code", problem.code().key());
            problem.arguments().forEach(one.putArray("arguments")::add);
            one.put("message", ProblemText.of(problem, LocaleContextHolder.getLocale()));
        }
        return response(ResponseEntity.status(status), node);
    }

    private static ObjectNode node(HttpStatus status, String detail) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", status.getReasonPhrase())
                .put("status", status.value())
                .put("detail", detail);
    }

    private static ResponseEntity<byte[]> response(ResponseEntity.BodyBuilder builder, ObjectNode node) {
        return builder.contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(node.toString().getBytes(StandardCharsets.UTF_8));
    }
}
