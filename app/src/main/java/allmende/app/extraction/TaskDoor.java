package allmende.app.extraction;

import allmende.app.extraction.ExtractionState.Phase;
import allmende.app.extraction.ExtractionState.Priority;
import allmende.app.fhirapi.Exchange;
import allmende.app.fhirapi.FhirProblem;
import allmende.app.fhirapi.Watch;
import allmende.app.identity.Caller;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Extractions as Tasks: read, search by {@code _id} and {@code status}, another priority by PUT with {@code If-Match},
 * {@code $pause}, {@code $resume}, {@code $cancel}, delete. Tasks that are stored here are another matter: what does not
 * concern a job goes on to the doors of all resources.
 */
final class TaskDoor {

    private static final String PATH = "/fhir/Task";
    private static final String STATUS = "https://medizininformatik-initiative.de/torch/job-status";
    private static final int BODY_MAX = 1 << 20;
    private static final Set<String> PARAMETERS = Set.of("_id", "status", "code", "_format", "_pretty");
    private static final int TASK = 2;
    private static final int OPERATION = 3;

    private final ExtractionJobs jobs;
    private final Watch watch;

    TaskDoor(ExtractionJobs jobs, Watch watch) {
        this.jobs = jobs;
        this.watch = watch;
    }

    private static List<String> path(ServerRequest request) {
        return Arrays.stream(request.path().split("/"))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** Whether a request is about jobs: by the id in its path or in {@code _id}, or by {@code code=extract-data}. */
    boolean concerns(ServerRequest request) {
        if (!request.path().startsWith(PATH)) {
            return false;
        }
        List<String> path = path(request);
        if (path.size() > TASK) {
            return jobs.state(path.get(TASK)).isPresent();
        }
        return path.size() == TASK
                && request.method().name().equals("GET")
                && (request.param("code").orElse("").equals("extract-data")
                        || request.param("_id")
                                .filter(id -> jobs.state(id).isPresent())
                                .isPresent());
    }

    /** Answers it. */
    ServerResponse answer(ServerRequest request) throws IOException {
        watch.requireExport();
        watch.requireEverybody();
        List<String> path = path(request);
        String base = Exchange.base(request.servletRequest());
        if (path.size() == TASK) {
            return search(request, base);
        }
        ExtractionState job =
                own(path.get(TASK)).orElseThrow(() -> FhirProblem.notFound("There is no such extraction."));
        if (path.size() > OPERATION) {
            return operate(job, path.get(OPERATION), request.method().name(), base);
        }
        return switch (request.method().name()) {
            case "GET", "HEAD" -> task(job, base);
            case "PUT" -> prioritise(job, request, base);
            case "DELETE" -> {
                jobs.remove(job.id());
                yield ServerResponse.noContent().build();
            }
            default -> throw FhirProblem.of(405, "not-supported", "A Task is read, put or deleted here.");
        };
    }

    private Optional<ExtractionState> own(String id) {
        Caller caller = watch.caller();
        return jobs.state(id).filter(job -> job.order().owner().equals(caller.kind() + ":" + caller.name()));
    }

    private ServerResponse search(ServerRequest request, String base) {
        if ("strict".equals(Exchange.preference(request.servletRequest(), "handling"))) {
            requireKnown(request);
        }
        ObjectNode bundle = FhirJson.mapper().createObjectNode();
        bundle.put("resourceType", "Bundle").put("type", "searchset");
        ArrayNode entries = bundle.putArray("entry");
        String id = request.param("_id").orElse("");
        List<String> statuses = Arrays.asList(request.param("status").orElse("").split(","));
        for (ExtractionState job : jobs.jobs()) {
            boolean wanted = own(job.id()).isPresent()
                    && (id.isEmpty() || id.equals(job.id()))
                    && (request.param("status").isEmpty() || statuses.contains(status(job.phase())));
            if (wanted) {
                ObjectNode entry = entries.addObject().put("fullUrl", base + "/Task/" + job.id());
                entry.set("resource", resource(job, base));
                entry.putObject("search").put("mode", "match");
            }
        }
        bundle.put("total", entries.size());
        return ServerResponse.ok()
                .contentType(MediaType.parseMediaType("application/fhir+json"))
                .body(FhirJson.write(bundle));
    }

    /** Who wants strict handling is told of what this search would pass over. */
    private static void requireKnown(ServerRequest request) {
        for (String name : request.params().keySet()) {
            if (!PARAMETERS.contains(name)) {
                throw FhirProblem.of(
                        400, "not-supported", "Jobs are searched by _id, status and code; not by this.", name);
            }
        }
        String asked = request.param("status").orElse("");
        for (String one : asked.isEmpty() ? new String[0] : asked.split(",")) {
            if (Arrays.stream(Phase.values()).noneMatch(phase -> status(phase).equals(one))) {
                throw FhirProblem.of(400, "value", "No job is ever of this status.", "status");
            }
        }
    }

    private ServerResponse operate(ExtractionState job, String operation, String method, String base) {
        if (!method.equals("POST")) {
            throw FhirProblem.of(405, "not-supported", "Operations are asked for by POST.");
        }
        boolean done =
                switch (operation) {
                    case "$pause" -> jobs.change(job.id(), Phase.PAUSED);
                    case "$resume" -> jobs.change(job.id(), Phase.WAITING);
                    case "$cancel" -> jobs.change(job.id(), Phase.CANCELLED);
                    default -> throw FhirProblem.of(404, "not-supported", "A job has $pause, $resume and $cancel.");
                };
        if (!done) {
            throw FhirProblem.of(409, "conflict", "The job is " + status(job.phase()) + "; that is not possible now.");
        }
        return task(jobs.state(job.id()).orElse(job), base);
    }

    private ServerResponse prioritise(ExtractionState job, ServerRequest request, String base) throws IOException {
        String match = request.servletRequest().getHeader("If-Match");
        if (match == null) {
            throw FhirProblem.of(428, "required", "Send If-Match with the version that you have read.");
        }
        if (!match.replace("W/", "").replace("\"", "").equals(Integer.toString(job.version()))) {
            throw FhirProblem.of(409, "conflict", "The job has changed meanwhile; read it again.");
        }
        if (!(FhirJson.read(Exchange.bytes(request.servletRequest(), BODY_MAX))
                instanceof JsonRead.Parsed(JsonNode sent))) {
            throw FhirProblem.invalid("The body is no JSON.");
        }
        String wish = sent.path("priority").asString("routine");
        for (Priority priority : Priority.values()) {
            if (priority.name().toLowerCase(Locale.ROOT).equals(wish)) {
                if (!jobs.prioritise(job.id(), priority)) {
                    throw FhirProblem.of(409, "conflict", "The job has ended.");
                }
                return task(jobs.state(job.id()).orElse(job), base);
            }
        }
        throw FhirProblem.of(400, "value", "A priority is routine, urgent, asap or stat.", "Task.priority");
    }

    private static ServerResponse task(ExtractionState job, String base) {
        return ServerResponse.ok()
                .header("ETag", "W/\"" + job.version() + "\"")
                .contentType(MediaType.parseMediaType("application/fhir+json"))
                .body(FhirJson.write(resource(job, base)));
    }

    private static ObjectNode resource(ExtractionState job, String base) {
        ObjectNode task = FhirJson.mapper().createObjectNode();
        task.put("resourceType", "Task").put("id", job.id());
        task.putObject("meta").put("versionId", Integer.toString(job.version()));
        task.put("status", status(job.phase())).put("intent", "order");
        task.put("priority", job.priority().name().toLowerCase(Locale.ROOT));
        task.putObject("code").putArray("coding").addObject().put("code", "extract-data");
        task.putObject("businessStatus")
                .putArray("coding")
                .addObject()
                .put("system", STATUS)
                .put("code", job.phase().name());
        task.put("authoredOn", job.begun().toString());
        if (job.failure() != null) {
            task.putObject("statusReason").put("text", job.failure());
        }
        if (job.ended() != null) {
            task.put("lastModified", job.ended().toString());
        }
        ArrayNode outputs = task.putArray("output");
        output(outputs, "status", base + "/__status/" + job.id());
        String files = base + "/extractions/" + job.id() + "/";
        output(outputs, "issues", files + JobIssues.FILE);
        if (job.phase() == Phase.DONE) {
            output(outputs, "patient exclusions", files + Exclusions.PATIENTS);
            output(outputs, "resource exclusions", files + Exclusions.RESOURCES);
        }
        return task;
    }

    private static void output(ArrayNode outputs, String type, String url) {
        outputs.addObject().put("valueUrl", url).putObject("type").put("text", type);
    }

    /** Status of a Task (FHIR R4, task-status). */
    private static String status(Phase phase) {
        return switch (phase) {
            case WAITING -> "requested";
            case RUNNING -> "in-progress";
            case PAUSED -> "on-hold";
            case DONE -> "completed";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
        };
    }
}
