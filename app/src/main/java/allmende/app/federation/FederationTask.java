package allmende.app.federation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes and reads the FHIR R4 Tasks that carry questions, answers and publications. Content is JSON in one input or
 * output, as a string, or as base64 where it is longer than FHIR lets a string be.
 */
public final class FederationTask {

    /** A longer body is refused by everybody. */
    public static final int BODY_MAX_CHARACTERS = 8 * 1024 * 1024;

    /** Longest string in FHIR. */
    static final int STRING_MAX_CHARACTERS = 1024 * 1024;

    private static final String SYSTEM = "urn:allmende:federation:";
    private static final String HEAD = "{\"resourceType\":\"Task\",";
    private static final int CODE_MAX_CHARACTERS = 100;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private FederationTask() {}

    /**
     * A question for one or many sites, without saying to which.
     *
     * @param portal who asks
     */
    public static String ask(String id, TaskKind kind, PartyId portal, Times times, JsonNode input) {
        ObjectNode task = task(id, kind, "requested", times.sent());
        task.set("requester", party(portal));
        task.putObject("restriction").putObject("period").put("end", text(times.deadline()));
        content(task.putArray("input").addObject(), "question", input);
        return bounded(JSON.writeValueAsString(task));
    }

    /** The same question with its recipient as owner. */
    public static String addressed(String question, PartyId owner) {
        if (!question.startsWith(HEAD)) {
            throw new IllegalArgumentException("Not a question that this program wrote");
        }
        return HEAD + "\"owner\":" + JSON.writeValueAsString(party(owner)) + "," + question.substring(HEAD.length());
    }

    /** The outcome of a task at a site. */
    public static String answer(IncomingTask asked, PartyId site, TaskOutcome outcome, Instant at) {
        ObjectNode task = task(asked.id(), asked.kind(), status(outcome), asked.sent());
        // FHIR wants this not to be before authoredOn, which is by another clock.
        task.put("lastModified", text(at.isBefore(asked.sent()) ? asked.sent() : at));
        task.set("requester", party(asked.from()));
        task.set("owner", party(site));
        switch (outcome) {
            case TaskOutcome.Completed(JsonNode output) ->
                content(task.putArray("output").addObject(), "answer", output);
            case TaskOutcome.Failed(String code) -> reason(task, "failure", code, null);
            case TaskOutcome.Refused(Refusal reason, String note) -> reason(task, "refusal", reason.name(), note);
        }
        return bounded(JSON.writeValueAsString(task));
    }

    /** Something that a site publishes. */
    public static String publication(String id, TaskKind kind, PartyId site, JsonNode content, Instant at) {
        ObjectNode task = task(id, kind, "completed", at);
        task.put("lastModified", text(at));
        task.set("requester", party(site));
        task.set("owner", party(site));
        content(task.putArray("output").addObject(), "publication", content);
        return bounded(JSON.writeValueAsString(task));
    }

    /** The question in this body; empty if it is none. */
    public static Optional<IncomingTask> readQuestion(String body) {
        return tree(body).filter(task -> is(task, "requested")).flatMap(task -> {
            try {
                return readContent(task.path("input").path(0), "question")
                        .map(input -> new IncomingTask(
                                identifier(task.path("identifier").path(0)),
                                TaskKind.valueOf(coded(task.path("code"))),
                                new PartyId(identifier(task.path("requester").path("identifier"))),
                                input,
                                time(task.path("authoredOn")),
                                time(task.path("restriction").path("period").path("end"))));
            } catch (IllegalArgumentException | DateTimeParseException e) {
                return Optional.empty();
            }
        });
    }

    /** The outcome in this body; empty if it is none. */
    public static Optional<TaskOutcome> readAnswer(String body) {
        return tree(body).flatMap(task -> switch (task.path("status").asString("")) {
            case "completed" ->
                readContent(task.path("output").path(0), "answer").map(TaskOutcome.Completed::new);
            case "failed" -> {
                String code = coded(task.path("statusReason"));
                yield code.isEmpty() || code.length() > CODE_MAX_CHARACTERS
                        ? Optional.empty()
                        : Optional.of(new TaskOutcome.Failed(code));
            }
            case "rejected" -> refused(task.path("statusReason"));
            default -> Optional.empty();
        });
    }

    /** What is published in this body; empty if it is no publication. */
    public static Optional<JsonNode> readPublication(String body) {
        return tree(body)
                .filter(task -> is(task, "completed"))
                .flatMap(task -> readContent(task.path("output").path(0), "publication"));
    }

    private static Optional<TaskOutcome> refused(JsonNode reason) {
        try {
            String note = reason.path("text").isString() ? reason.path("text").asString() : null;
            return Optional.of(new TaskOutcome.Refused(Refusal.valueOf(coded(reason)), note));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ObjectNode task(String id, TaskKind kind, String status, Instant authored) {
        ObjectNode task = JSON.createObjectNode();
        task.put("resourceType", "Task");
        task.putArray("identifier").addObject().put("system", SYSTEM + "task").put("value", id);
        task.put("status", status);
        task.put("intent", "order");
        coding(task.putObject("code"), "kind", kind.name());
        task.put("authoredOn", text(authored));
        return task;
    }

    private static String status(TaskOutcome outcome) {
        return switch (outcome) {
            case TaskOutcome.Completed completed -> "completed";
            case TaskOutcome.Failed failed -> "failed";
            case TaskOutcome.Refused refused -> "rejected";
        };
    }

    private static void reason(ObjectNode task, String system, String code, @Nullable String note) {
        ObjectNode reason = task.putObject("statusReason");
        coding(reason, system, code);
        if (note != null && !note.isBlank()) {
            reason.put("text", note);
        }
    }

    private static void coding(ObjectNode concept, String system, String code) {
        concept.putArray("coding").addObject().put("system", SYSTEM + system).put("code", code);
    }

    private static ObjectNode party(PartyId party) {
        ObjectNode reference = JSON.createObjectNode();
        reference.putObject("identifier").put("system", SYSTEM + "party").put("value", party.value());
        return reference;
    }

    private static void content(ObjectNode parameter, String type, JsonNode content) {
        coding(parameter.putObject("type"), "content", type);
        String text = JSON.writeValueAsString(content);
        if (text.length() <= STRING_MAX_CHARACTERS) {
            parameter.put("valueString", text);
        } else {
            parameter.put(
                    "valueBase64Binary", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static Optional<JsonNode> readContent(JsonNode parameter, String type) {
        if (!coded(parameter.path("type")).equals(type)) {
            return Optional.empty();
        }
        if (parameter.path("valueString").isString()) {
            return tree(parameter.path("valueString").asString());
        }
        try {
            byte[] bytes = Base64.getDecoder()
                    .decode(parameter.path("valueBase64Binary").asString(""));
            return tree(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> tree(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static boolean is(JsonNode task, String status) {
        return task.path("resourceType").asString("").equals("Task")
                && task.path("status").asString("").equals(status);
    }

    private static String coded(JsonNode concept) {
        return concept.path("coding").path(0).path("code").asString("");
    }

    private static String identifier(JsonNode identifier) {
        return identifier.path("value").asString("");
    }

    private static Instant time(JsonNode value) {
        return OffsetDateTime.parse(value.asString("")).toInstant();
    }

    private static String text(Instant instant) {
        return DateTimeFormatter.ISO_INSTANT.format(instant);
    }

    private static String bounded(String body) {
        if (body.length() > BODY_MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    "A message has at most " + BODY_MAX_CHARACTERS + " characters, this one has " + body.length());
        }
        return body;
    }

    /**
     * When a question was asked and until when answers are awaited.
     *
     * @param sent not after {@code deadline}
     */
    public record Times(Instant sent, Instant deadline) {}
}
