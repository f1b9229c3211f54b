package allmende.app.projects;

import allmende.app.identity.Caller;
import allmende.app.identity.Callers;
import allmende.core.disclosure.Approval;
import allmende.core.disclosure.CommitteeVote;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Data use projects for commands and programs; the same steps as on the pages, each by a person who has logged in. */
@RestController
@RequestMapping("/api/projects")
class ProjectsApi {

    private static final byte[] NOTHING = new byte[0];

    private final ProjectDesk desk;
    private final Dispatch dispatch;
    private final DeliveryTables deliveries;
    private final MessageSource messages;

    ProjectsApi(ProjectDesk desk, Dispatch dispatch, DeliveryTables deliveries, MessageSource messages) {
        this.desk = desk;
        this.dispatch = dispatch;
        this.deliveries = deliveries;
        this.messages = messages;
    }

    @GetMapping
    ResponseEntity<byte[]> list() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        desk.all().forEach(project -> array.add(brief(project)));
        return json(HttpStatus.OK, array);
    }

    /** All about a project: its steps, its newest build, what it would be approved by, its deliveries. */
    @GetMapping("/{id}")
    ResponseEntity<byte[]> one(@PathVariable String id, Locale locale) {
        DataUseProject project = desk.find(id).orElse(null);
        if (project == null) {
            return told(Outcome.refused("unknown"), locale);
        }
        ObjectNode node = brief(project);
        node.put("purpose", project.purpose());
        node.put("legalBasis", project.legalBasis());
        CommitteeVote vote = project.vote();
        if (vote != null) {
            node.putObject("vote")
                    .put("positive", vote.positive())
                    .put("day", vote.day().toString())
                    .put("reference", vote.reference());
        }
        node.put("crtdlHash", project.request().crtdlHash());
        node.put("ruleSet", project.request().ruleSetName());
        node.put("ruleSetHash", project.request().ruleSetHash());
        node.put("recipientKey", project.recipient().fingerprint());
        ArrayNode steps = node.putArray("steps");
        for (Step step : desk.steps(id)) {
            steps.addObject()
                    .put("state", step.state().written())
                    .put("by", step.by())
                    .put("at", step.at().toString())
                    .put("note", step.note());
        }
        desk.newest(id).ifPresent(build -> node.set("build", build(project, build)));
        ArrayNode sent = node.putArray("deliveries");
        for (Delivery delivery : dispatch.of(id)) {
            sent.add(delivery(delivery));
        }
        return json(HttpStatus.OK, node);
    }

    private ObjectNode build(DataUseProject project, Build build) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("number", build.id());
        node.put("state", build.state().name().toLowerCase(Locale.ROOT));
        node.put("by", build.by());
        node.put("t", build.t());
        node.put("consentDay", build.consentDay().toString());
        node.put("suppressTo", build.suppressTo());
        node.put("done", build.progress().done());
        node.put("total", build.progress().total());
        node.put("patients", build.size().patients());
        node.put("resources", build.size().resources());
        node.put("fault", build.fault());
        if (build.state() == Build.State.DONE) {
            node.put("contentHash", build.contentHash());
            node.put("binding", desk.bindingHash(project, build));
            node.set("report", build.report());
            ArrayNode approvals = node.putArray("approvals");
            for (Approval approval : desk.approvals(build.id())) {
                approvals
                        .addObject()
                        .put("by", approval.person())
                        .put("at", approval.at().toString());
            }
        }
        return node;
    }

    private static ObjectNode delivery(Delivery delivery) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", delivery.id());
        node.put("by", delivery.by());
        node.put("at", delivery.at().toString());
        node.put("channel", delivery.channel().name().toLowerCase(Locale.ROOT));
        node.put("expiry", delivery.expiry().toString());
        node.put("stopped", delivery.stopped());
        ArrayNode files = node.putArray("files");
        for (Delivery.SealedFile file : delivery.files()) {
            files.addObject()
                    .put("name", file.name())
                    .put("bytes", file.bytes())
                    .put("sha256", file.sha256());
        }
        return node;
    }

    private static ObjectNode brief(DataUseProject project) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", project.id())
                .put("title", project.title())
                .put("state", project.state().written())
                .put("recipient", project.recipient().name())
                .put("expiry", project.expiry().toString())
                .put("changedBy", project.changedBy())
                .put("changedAt", project.changedAt().toString());
    }

    /** Enters a request; the CRTDL is the value of {@code crtdl}, as it is written there. */
    @PostMapping
    ResponseEntity<byte[]> request(@RequestBody byte[] body, Locale locale) {
        if (!(FhirJson.read(body) instanceof JsonRead.Parsed(JsonNode asked))) {
            return told(Outcome.refused("json"), locale);
        }
        NewProject read = new NewProject(
                asked.path("id").asString(""),
                asked.path("title").asString(""),
                asked.path("purpose").asString(""),
                asked.path("legalBasis").asString(""),
                content(asked.path("crtdl")),
                asked.path("ruleSet").asString(""),
                content(asked.path("rules")),
                asked.path("recipient").asString(""),
                asked.path("recipientKey").asString(""),
                day(asked.path("lastDay").asString("")));
        Caller caller = Callers.current();
        boolean change = asked.path("change").asBoolean(false);
        return told(change ? desk.change(read, caller) : desk.request(read, caller), locale);
    }

    /** Takes a step; the body of an approval holds what the person has {@code seen}. */
    @PostMapping("/{id}/{act}")
    ResponseEntity<byte[]> act(
            @PathVariable String id,
            @PathVariable String act,
            @RequestBody(required = false) byte @Nullable [] body,
            Locale locale) {
        JsonNode asked = FhirJson.read(body == null ? NOTHING : body) instanceof JsonRead.Parsed(JsonNode tree)
                ? tree
                : JsonNodeFactory.instance.objectNode();
        Caller caller = Callers.current();
        return switch (act) {
            case "check" -> told(desk.check(id, caller), locale);
            case "build" -> told(desk.build(id, caller), locale);
            case "vote" -> told(desk.vote(id, vote(asked), caller), locale);
            case "suppress" -> told(desk.suppress(id, asked.path("k").asInt(0), caller), locale);
            case "cancel" -> told(desk.cancel(id, caller), locale);
            case "approve" -> told(desk.approve(id, asked.path("seen").asString(""), caller), locale);
            case "revoke" -> told(dispatch.revoke(id, asked.path("reason").asString(""), caller), locale);
            case "deliver" ->
                told(
                        dispatch.deliver(
                                id,
                                asked.path("channel").asString("").equals("store")
                                        ? Delivery.Channel.STORE
                                        : Delivery.Channel.DOWNLOAD,
                                caller),
                        locale);
            default -> told(Outcome.refused("unknown"), locale);
        };
    }

    private static @Nullable CommitteeVote vote(JsonNode asked) {
        return asked.path("positive").isBoolean()
                ? ProjectDesk.vote(
                        asked.path("positive").asBoolean(),
                        asked.path("day").asString(""),
                        asked.path("reference").asString(""))
                : null;
    }

    /** What recipients have to delete, open tasks first. */
    @GetMapping("/deletions")
    ResponseEntity<byte[]> deletions(@RequestParam(defaultValue = "") String project) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (DeletionTask task : deliveries.tasks()) {
            if (project.isEmpty() || project.equals(task.project())) {
                array.add(DeletionTasks.brief(task));
            }
        }
        return json(HttpStatus.OK, array);
    }

    private static byte[] content(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return NOTHING;
        }
        return node.isString() ? node.asString().getBytes(StandardCharsets.UTF_8) : FhirJson.write(node);
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            return LocalDate.EPOCH;
        }
    }

    private ResponseEntity<byte[]> told(Outcome outcome, Locale locale) {
        return switch (outcome) {
            case Outcome.Done(String made) ->
                json(
                        HttpStatus.OK,
                        JsonNodeFactory.instance.objectNode().put("done", true).put("made", made));
            case Outcome.Refused(String code, List<String> details) -> {
                ObjectNode problem = JsonNodeFactory.instance.objectNode();
                problem.put("type", "about:blank");
                problem.put("title", "Refused");
                problem.put("code", code);
                problem.put(
                        "detail",
                        Objects.requireNonNullElse(
                                messages.getMessage("projects.fault." + code, null, code, locale), code));
                ArrayNode list = problem.putArray("problems");
                details.forEach(list::add);
                yield json(status(code), problem);
            }
        };
    }

    private static HttpStatus status(String code) {
        return switch (code) {
            case "unknown" -> HttpStatus.NOT_FOUND;
            case "login", "right" -> HttpStatus.FORBIDDEN;
            default -> HttpStatus.CONFLICT;
        };
    }

    static ResponseEntity<byte[]> json(HttpStatus status, JsonNode body) {
        return ResponseEntity.status(status)
                .contentType(status.isError() ? MediaType.APPLICATION_PROBLEM_JSON : MediaType.APPLICATION_JSON)
                .body(FhirJson.write(body));
    }
}
