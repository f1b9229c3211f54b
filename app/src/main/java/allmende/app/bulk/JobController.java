package allmende.app.bulk;

import allmende.app.audit.Access;
import allmende.app.fhirapi.Exchange;
import allmende.app.fhirapi.FhirProblem;
import allmende.app.fhirapi.Watch;
import allmende.core.fhir.FhirJson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells how far exports are, hands their files out, ends them (FHIR Bulk Data Access, "Bulk Data Status Request"). */
@RestController
class JobController {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final KickOff kickOff;
    private final Jobs jobs;
    private final Watch watch;

    JobController(KickOff kickOff, Jobs jobs, Watch watch) {
        this.kickOff = kickOff;
        this.jobs = jobs;
        this.watch = watch;
    }

    @GetMapping("/fhir/bulk/{id}")
    void status(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        watch.requireExport();
        RunningJob job = jobs.find(id, kickOff.owner());
        response.setHeader("Cache-Control", "no-store");
        Instant ended = job.ended();
        if (ended == null) {
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
            response.setHeader("X-Progress", job.percent() + "% done");
            response.setHeader("Retry-After", "1");
            return;
        }
        String failure = job.folder().failure();
        if (failure != null) {
            throw FhirProblem.of(422, "processing", failure);
        }
        byte[] manifest = manifest(job, Exchange.base(request));
        response.setHeader("Expires", HTTP_DATE.format(jobs.expires(ended)));
        response.setContentType("application/json");
        response.setContentLength(manifest.length);
        response.getOutputStream().write(manifest);
    }

    private static byte[] manifest(RunningJob job, String base) {
        ObjectNode manifest = FhirJson.mapper().createObjectNode();
        manifest.put("transactionTime", job.job().begun().toString());
        manifest.put("request", job.job().request());
        manifest.put("requiresAccessToken", true);
        ArrayNode output = manifest.putArray("output");
        for (JobFolder.Output file : job.outputs()) {
            String address =
                    base + "/bulk/" + job.job().id() + "/" + file.path().getFileName();
            output.addObject()
                    .put("type", job.job().parts().get(file.part()).name())
                    .put("url", address)
                    .put("count", file.count());
        }
        manifest.putArray("error");
        manifest.putObject("extension").put("t", job.job().selection().t());
        return FhirJson.write(manifest);
    }

    @DeleteMapping("/fhir/bulk/{id}")
    void remove(@PathVariable String id, HttpServletResponse response) {
        watch.requireExport();
        jobs.remove(jobs.find(id, kickOff.owner()));
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
    }

    @GetMapping("/fhir/bulk/{id}/{file}")
    void file(@PathVariable String id, @PathVariable String file, HttpServletResponse response) throws IOException {
        watch.requireExport();
        RunningJob job = jobs.find(id, kickOff.owner());
        Path path = job.folder().file(file).orElseThrow(() -> FhirProblem.notFound("There is no such file."));
        watch.told(watch.by(Access.Action.DOWNLOAD)
                .on("export", id)
                .of(Access.Patients.ALL)
                .at(job.job().selection().t()));
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(contentType(file));
        response.setContentLengthLong(Files.size(path));
        Files.copy(path, response.getOutputStream());
    }

    private static String contentType(String file) {
        return switch (file.substring(file.lastIndexOf('.') + 1)) {
            case "csv" -> "text/csv;charset=utf-8";
            case "parquet" -> "application/vnd.apache.parquet";
            default -> "application/fhir+ndjson";
        };
    }
}
