package allmende.app.extraction;

import allmende.app.audit.Access;
import allmende.app.extraction.ExtractionState.Phase;
import allmende.app.fhirapi.Exchange;
import allmende.app.fhirapi.FhirIssue;
import allmende.app.fhirapi.FhirProblem;
import allmende.app.fhirapi.Outcomes;
import allmende.app.fhirapi.Watch;
import allmende.app.identity.Caller;
import allmende.app.identity.SiteRights;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import allmende.engine.extract.ExtractReport;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * Extraction as existing pipelines ask for it: {@code POST /fhir/$extract-data}, then polling, then files. Unlike those they
 * know, everything here wants a token, and who asked for what stands in the access log.
 */
@RestController
final class ExtractController {

    private static final int BODY_MAX = 32 << 20;
    private static final String CSV = "text/csv;charset=UTF-8";

    private final ExtractionJobs jobs;
    private final Watch watch;

    ExtractController(ExtractionJobs jobs, Watch watch) {
        this.jobs = jobs;
        this.watch = watch;
    }

    @PostMapping("/fhir/$extract-data")
    void begin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        requireCaller();
        ExtractionOrder order = order(Exchange.bytes(request, BODY_MAX), owner());
        switch (jobs.begin(order)) {
            case ExtractionDesk.Begun.Refused refused ->
                throw new FhirProblem(
                        400,
                        refused.problems().stream()
                                .map(problem -> FhirIssue.error("invalid", problem.message(), problem.pointer()))
                                .toList());
            case ExtractionDesk.Begun.Accepted(String id) -> {
                List<String> patients = order.patients();
                watch.told(watch.by(Access.Action.EXPORT)
                        .on("extract-data", id)
                        .asking(patients == null ? List.of("crtdl") : List.of("crtdl", "patient"))
                        .of(patients == null ? Access.Patients.ALL : Access.Patients.of(patients))
                        .answered(HttpServletResponse.SC_ACCEPTED));
                response.setStatus(HttpServletResponse.SC_ACCEPTED);
                response.setHeader("Content-Location", Exchange.base(request) + "/__status/" + id);
            }
        }
    }

    private void requireCaller() {
        watch.requireExport();
        watch.requireEverybody();
    }

    private String owner() {
        Caller caller = watch.caller();
        return caller.kind() + ":" + caller.name();
    }

    private static ExtractionOrder order(byte[] body, String owner) {
        if (!(FhirJson.read(body) instanceof JsonRead.Parsed(JsonNode parameters))
                || !parameters.path("resourceType").asString("").equals("Parameters")) {
            throw FhirProblem.invalid("The body of this operation is a Parameters resource.", "resourceType");
        }
        byte[] crtdl = null;
        String rules = "allmende";
        List<String> patients = new ArrayList<>();
        for (JsonNode parameter : parameters.path("parameter").values()) {
            String name = parameter.path("name").asString("");
            switch (name) {
                case "crtdl" ->
                    crtdl = decoded(parameter.path("valueBase64Binary").asString(""));
                case "patient" -> patients.add(parameter.path("valueString").asString(""));
                case "consent-rules" -> rules = parameter.path("valueCode").asString("");
                default -> throw FhirProblem.notSupported("This operation does not know this parameter.", name);
            }
        }
        if (crtdl == null) {
            throw FhirProblem.of(400, "required", "The parameter crtdl is missing: the document in base64.", "crtdl");
        }
        return new ExtractionOrder(
                owner, Transfer.NAME, crtdl, patients.isEmpty() ? null : patients, null, rules, Map.of());
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            throw FhirProblem.of(400, "value", "The parameter crtdl is no base64.", "crtdl");
        }
    }

    /** A job of whoever calls. */
    private ExtractionState find(String id) {
        requireCaller();
        return jobs.state(id)
                .filter(job -> job.order().owner().equals(owner())
                        && job.order().destination().equals(Transfer.NAME))
                .orElseThrow(() -> FhirProblem.notFound("There is no such extraction."));
    }

    @GetMapping("/fhir/__status/{id}")
    void status(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ExtractionState job = find(id);
        response.setHeader("Cache-Control", "no-store");
        switch (job.phase()) {
            case WAITING, RUNNING, PAUSED -> {
                response.setHeader("X-Progress", progress(job));
                response.setHeader("Retry-After", "1");
                send(response, HttpServletResponse.SC_ACCEPTED, "application/fhir+json", Outcomes.fine(progress(job)));
            }
            case FAILED -> throw FhirProblem.of(500, "processing", String.valueOf(job.failure()));
            case CANCELLED -> throw FhirProblem.of(410, "deleted", "The extraction was cancelled.");
            case DONE ->
                send(
                        response,
                        HttpServletResponse.SC_OK,
                        "application/json",
                        FhirJson.write(Manifest.of(job, jobs.folder(id), Exchange.base(request), mayKnowIds())));
        }
    }

    private static String progress(ExtractionState job) {
        Duration left = job.progress().left();
        return switch (job.phase()) {
            case PAUSED -> "paused";
            case WAITING -> "waiting";
            case RUNNING, DONE, FAILED, CANCELLED ->
                job.progress().patients() == 0
                        ? "0% done"
                        : job.progress().percent() + "% done"
                                + (left == null ? "" : ", " + left.toSeconds() + " s left");
        };
    }

    private static void send(HttpServletResponse response, int status, String type, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    @DeleteMapping("/fhir/__status/{id}")
    void remove(@PathVariable String id, HttpServletResponse response) {
        jobs.remove(find(id).id());
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
    }

    @GetMapping("/fhir/extractions/{id}/report.json")
    void report(@PathVariable String id, HttpServletResponse response) throws IOException {
        ExtractionState job = find(id);
        if (job.report() == null) {
            throw FhirProblem.notFound("The extraction is not done.");
        }
        response.setHeader("Cache-Control", "no-store");
        send(response, HttpServletResponse.SC_OK, "application/json", FhirJson.write(JobRecord.json(job.report())));
    }

    /** What was left out in counts, for whoever may have the files. */
    @GetMapping("/fhir/extractions/{id}/{kind}-exclusions.csv")
    void exclusions(@PathVariable String id, @PathVariable String kind, HttpServletResponse response)
            throws IOException {
        ExtractReport report = find(id).report();
        boolean patients = kind.equals("patient");
        if (report == null || !(patients || kind.equals("resource"))) {
            throw FhirProblem.notFound("There is no such file, or the extraction is not done.");
        }
        response.setHeader("Cache-Control", "no-store");
        send(response, HttpServletResponse.SC_OK, CSV, Exclusions.counts(report, patients));
    }

    /** What is worth knowing about the job, however it stands. */
    @GetMapping("/fhir/extractions/{id}/issues.json")
    void issues(@PathVariable String id, HttpServletResponse response) throws IOException {
        ExtractionState job = find(id);
        response.setHeader("Cache-Control", "no-store");
        send(
                response,
                HttpServletResponse.SC_OK,
                "application/fhir+json",
                Outcomes.json(JobIssues.of(job.order().crtdl(), job.report(), job.failure())));
    }

    private boolean mayKnowIds() {
        return watch.caller().has(SiteRights.EXCLUSIONS);
    }

    /** Ids of patients and resources that were left out, of any job. Who may see them need not be able to export. */
    private Path leftOut(String id) {
        watch.requireEverybody();
        if (!mayKnowIds()) {
            throw FhirProblem.of(403, "forbidden", "The ids of what was left out are for the data steward only.");
        }
        Path ids = jobs.leftOut(id);
        if (jobs.state(id).isEmpty() || !Files.isRegularFile(ids)) {
            throw FhirProblem.notFound("There is no such extraction, or it is not done.");
        }
        return ids;
    }

    @GetMapping("/fhir/extractions/{id}/left-out.ndjson")
    void leftOut(@PathVariable String id, HttpServletResponse response) throws IOException {
        download(id, leftOut(id), response);
    }

    @GetMapping("/fhir/extractions/{id}/left-out.csv")
    void leftOutAsTable(@PathVariable String id, HttpServletResponse response) throws IOException {
        Path ids = leftOut(id);
        note(id);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(CSV);
        Exclusions.ids(ids, response.getOutputStream());
    }

    @GetMapping("/fhir/extractions/{id}/{file}")
    void file(@PathVariable String id, @PathVariable String file, HttpServletResponse response) throws IOException {
        ExtractionState job = find(id);
        Path path = jobs.folder(id).resolve(Manifest.FILE.matcher(file).matches() ? file : "none");
        if (job.phase() != Phase.DONE || !Files.isRegularFile(path)) {
            throw FhirProblem.notFound("There is no such file.");
        }
        download(id, path, response);
    }

    private void note(String id) {
        watch.told(watch.by(Access.Action.DOWNLOAD)
                .on("extract-data", id)
                .of(Access.Patients.ALL)
                .at(jobs.state(id).map(ExtractionState::t).orElse(0L)));
    }

    private void download(String id, Path path, HttpServletResponse response) throws IOException {
        note(id);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/fhir+ndjson");
        response.setContentLengthLong(Files.size(path));
        Files.copy(path, response.getOutputStream());
    }
}
