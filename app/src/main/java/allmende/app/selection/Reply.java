package allmende.app.selection;

import allmende.core.cohort.Problem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers to programs: JSON, and errors as {@code application/problem+json} (RFC 9457). */
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
        return problem(HttpStatus.NOT_FOUND, "There is no such thing for this account.");
    }

    static ResponseEntity<byte[]> stale() {
        return problem(HttpStatus.CONFLICT, "Somebody has changed it in between. Read it again and repeat the change.");
    }

    static ResponseEntity<byte[]> problem(HttpStatus status, String detail) {
        return send(ResponseEntity.status(status), node(status, detail));
    }

    /** Too soon or too often; says when to try again. */
    static ResponseEntity<byte[]> later(Duration wait, String detail) {
        HttpStatus status = HttpStatus.TOO_MANY_REQUESTS;
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return send(
                ResponseEntity.status(status).header(HttpHeaders.RETRY_AFTER, Long.toString(seconds)),
                node(status, detail));
    }

    /** A document that can't be used: each problem with its JSON pointer. */
    static ResponseEntity<byte[]> invalid(List<Problem> problems) {
        HttpStatus status = HttpStatus.BAD_REQUEST;
        ObjectNode node = node(status, "The document can't be used; see problems.");
        node.set("problems", problems(problems));
        return send(ResponseEntity.status(status), node);
    }

    static ArrayNode problems(List<Problem> problems) {
        ArrayNode list = array();
        problems.forEach(
                problem -> list.addObject().put("pointer", problem.pointer()).put("message", problem.message()));
        return list;
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
