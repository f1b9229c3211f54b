package allmende.app.projects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The recipient's side for programs; the token comes in the header {@value #TOKEN}. */
@RestController
@RequestMapping("/api/deliveries")
class RecipientApi {

    static final String TOKEN = "Delivery-Token";

    private final Dispatch dispatch;
    private final MessageSource messages;

    RecipientApi(Dispatch dispatch, MessageSource messages) {
        this.dispatch = dispatch;
        this.messages = messages;
    }

    /** The files that there are. */
    @GetMapping
    ResponseEntity<byte[]> files(@RequestHeader(name = TOKEN, defaultValue = "") String token, Locale locale) {
        return dispatch.ofToken(token)
                .map(delivery -> {
                    ObjectNode node = JsonNodeFactory.instance.objectNode();
                    node.put("project", delivery.project());
                    node.put("expiry", delivery.expiry().toString());
                    ArrayNode files = node.putArray("files");
                    for (Delivery.SealedFile file : delivery.files()) {
                        files.addObject()
                                .put("name", file.name())
                                .put("bytes", file.bytes())
                                .put("sha256", file.sha256());
                    }
                    return ProjectsApi.json(HttpStatus.OK, node);
                })
                .orElseGet(() -> refused("token", locale));
    }

    /** A file, where the gate lets it go. */
    @GetMapping("/files/{name}")
    void file(
            @PathVariable String name,
            @RequestHeader(name = TOKEN, defaultValue = "") String token,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        switch (dispatch.fetch(token, name)) {
            case Dispatch.Fetch.Refused(String code) -> {
                ResponseEntity<byte[]> answer = refused(code, request.getLocale());
                response.setStatus(answer.getStatusCode().value());
                response.setContentType(
                        Objects.toString(answer.getHeaders().getContentType(), "application/problem+json"));
                response.getOutputStream().write(Objects.requireNonNull(answer.getBody()));
            }
            case Dispatch.Fetch.Ready ready -> {
                RecipientPages.headers(response, ready.file());
                dispatch.send(ready.ticket(), ready.file(), response.getOutputStream(), request.getRemoteAddr());
            }
        }
    }

    /** What the recipient has to delete, as FHIR Tasks. */
    @GetMapping("/deletions")
    ResponseEntity<byte[]> deletions(@RequestHeader(name = TOKEN, defaultValue = "") String token, Locale locale) {
        return dispatch.ofToken(token)
                .map(delivery -> ProjectsApi.json(HttpStatus.OK, DeletionTasks.bundle(dispatch.tasks(delivery))))
                .orElseGet(() -> refused("token", locale));
    }

    /** Confirms a deletion; the body is a remark or empty. */
    @PostMapping("/deletions/{task}")
    ResponseEntity<byte[]> confirm(
            @PathVariable String task,
            @RequestHeader(name = TOKEN, defaultValue = "") String token,
            @RequestBody(required = false) byte @Nullable [] remark,
            Locale locale) {
        String said = remark == null ? "" : new String(remark, StandardCharsets.UTF_8);
        return dispatch.ofToken(token)
                .map(delivery -> dispatch.confirm(delivery, task, RegisterPages.tidy(said))
                        ? ProjectsApi.json(
                                HttpStatus.OK,
                                JsonNodeFactory.instance.objectNode().put("done", true))
                        : refused("unknown", locale))
                .orElseGet(() -> refused("token", locale));
    }

    private ResponseEntity<byte[]> refused(String code, Locale locale) {
        ObjectNode problem = JsonNodeFactory.instance.objectNode();
        problem.put("type", "about:blank");
        problem.put("title", "Refused");
        problem.put("code", code);
        problem.put(
                "detail",
                Objects.requireNonNullElse(messages.getMessage("projects.fault." + code, null, code, locale), code));
        return ProjectsApi.json(code.equals("unknown") ? HttpStatus.NOT_FOUND : HttpStatus.FORBIDDEN, problem);
    }
}
