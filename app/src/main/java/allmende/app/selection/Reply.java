package allmende.app.selection;

import allmende.core.cohort.Problem;
import allmende.core.cohort.ProblemText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers to programs: JSON, and errors as {@code application/problem+json} (RFC 9457), in the caller's language. */
final class Reply {

    private Reply() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static ResponseEntity<byte[]> json(JsonNode body) {
        return bytes(MediaType.APPLICATION_JSON, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    static ResponseEntity<byte[]> bytes(MediaType type, byte[] body) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(type)
                .body(body);
    }

    static ResponseEntity<byte[]> created(String address) {
        return ResponseEntity.created(URI.create(address)).build();
    }

    static ResponseEntity<byte[]> nothing() {
        return ResponseEntity.noContent().build();
    }

    static ResponseEntity<byte[]> missing() {
        return problem(HttpStatus.NOT_FOUND, Told.MISSING);
    }

    static ResponseEntity<byte[]> stale() {
        return problem(HttpStatus.CONFLICT, Told.STALE);
    }

    static ResponseEntity<byte[]> problem(HttpStatus status, Told detail, Object... arguments) {
        return send(ResponseEntity.status(status), node(status, detail.in(language(), arguments)));
    }

    /** Too soon or too often; says when to try again. */
    static ResponseEntity<byte[]> later(Duration wait, Told detail) {
        HttpStatus status = HttpStatus.TOO_MANY_REQUESTS;
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return send(
                ResponseEntity.status(status).header(HttpHeaders.RETRY_AFTER, Long.toString(seconds)),
                node(status, detail.in(language())));
    }

    /** A document that can't be used: each problem with its JSON pointer. */
    static ResponseEntity<byte[]> invalid(List<Problem> problems) {
        HttpStatus status = HttpStatus.BAD_REQUEST;
        ObjectNode node = node(status, Told.INVALID.in(language()));
        node.set("problems", problems(problems));
        return send(ResponseEntity.status(status), node);
    }

    static ArrayNode problems(List<Problem> problems) {
        ArrayNode list = array();
        problems.forEach(problem -> list.addObject()
                .put("pointer", problem.pointer())
                .put("code", problem.code().key())
                .put("message", ProblemText.of(problem, language())));
        return list;
    }

    /** That of the present request, as it says in {@code Accept-Language}. */
    static Locale language() {
        return LocaleContextHolder.getLocale();
    }

    private static ObjectNode node(HttpStatus status, String detail) {
        return object().put("type", "about:blank")
                .put("title", status.getReasonPhrase())
                .put("status", status.value())
                .put("detail", detail);
    }

    private static ResponseEntity<byte[]> send(ResponseEntity.BodyBuilder builder, ObjectNode node) {
        return builder.contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(node.toString().getBytes(StandardCharsets.UTF_8));
    }
}
