package allmende.app.bulk;

import allmende.app.fhirapi.FhirProblem;
import allmende.engine.store.BulkRead.Selection;
import allmende.engine.store.Deadline;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Tables over HTTP (SQL on FHIR v2, operations of ViewDefinition): at once, or as a job. */
@RestController
class ViewController {

    private static final Set<String> RUN =
            Set.of("_format", "viewReference", "viewResource", "resource", "patient", "group", "_since", "_limit");
    private static final Set<String> EXPORT = Set.of(
            "_format", "view", "viewReference", "viewResource", "patient", "group", "_since", "clientTrackingId");

    private final KickOff kickOff;
    private final ViewRun runner;

    ViewController(KickOff kickOff, ViewRun runner) {
        this.kickOff = kickOff;
        this.runner = runner;
    }

    @GetMapping("/fhir/ViewDefinition/{name}/$run")
    void runNamed(@PathVariable String name, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        run(request, response, Views.named(name));
    }

    @PostMapping("/fhir/ViewDefinition/$run")
    void run(HttpServletRequest request, HttpServletResponse response) throws Exception {
        run(request, response, null);
    }

    private void run(HttpServletRequest request, HttpServletResponse response, @Nullable JsonNode named)
            throws Exception {
        Asked asked = kickOff.asked(request, RUN);
        JsonNode definition = named == null ? one(asked) : named;
        // A table goes out while it is made, for as long as the caller takes it.
        Deadline.<Exception>without(() -> runner.run(definition, asked, request.getHeader("Accept"), response));
    }

    private static JsonNode one(Asked asked) {
        List<JsonNode> views = definitions(asked);
        if (views.size() != 1) {
            throw FhirProblem.of(400, "required", "Name one view by viewResource or viewReference.", "viewResource");
        }
        return views.getFirst();
    }

    private static List<JsonNode> definitions(Asked asked) {
        List<JsonNode> views = new ArrayList<>(asked.all("viewResource"));
        asked.references("viewReference").forEach(reference -> views.add(Views.named(reference)));
        return views;
    }

    @PostMapping("/fhir/ViewDefinition/$export")
    void export(HttpServletRequest request, HttpServletResponse response) throws IOException {
        kickOff.require(request);
        Asked asked = kickOff.asked(request, EXPORT);
        List<JsonNode> views = definitions(asked);
        for (JsonNode view : asked.all("view")) {
            views.add(ofParts(view));
        }
        if (views.isEmpty() || views.size() > kickOff.limits().views()) {
            throw FhirProblem.of(
                    400, "required", "Name 1 to " + kickOff.limits().views() + " views by view.viewReference.", "view");
        }
        String wanted = asked.text("_format");
        ViewFormat format = ViewFormat.of(wanted == null ? "ndjson" : wanted, null);
        if (format == ViewFormat.JSON) {
            throw FhirProblem.of(400, "not-supported", "Files are csv, ndjson or parquet.", "_format");
        }
        List<Job.Part> parts = new ArrayList<>();
        for (JsonNode view : views) {
            String type = Views.compiled(view).resource();
            kickOff.requireType(type);
            String name = view.path("name").asString("view");
            parts.add(new Job.Part.Table(name, view, format.name().toLowerCase(Locale.ROOT)));
        }
        Selection selection = kickOff.selection(
                asked, false, new Patients(kickOff.store()).of(asked.references("patient"), asked.references("group")));
        kickOff.begin(request, response, asked, selection, parts);
    }

    private static JsonNode ofParts(JsonNode view) {
        for (JsonNode part : view.path("part").values()) {
            String name = part.path("name").asString("");
            if (name.equals("viewResource")) {
                return part.path("resource");
            }
            if (name.equals("viewReference")) {
                return Views.named(part.path("valueReference").path("reference").asString(""));
            }
        }
        throw FhirProblem.of(400, "required", "A view has a viewReference or a viewResource.", "view");
    }
}
