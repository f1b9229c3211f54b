package allmende.app.extraction;

import allmende.app.extraction.ExtractionState.Phase;
import allmende.app.extraction.ExtractionState.Priority;
import allmende.core.fhir.FhirJson;
import allmende.engine.extract.ExtractReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is kept of a job on disk: what was asked, and how it stands.
 *
 * @param t its snapshot; 0 before it began to work
 * @param day the evaluation day, fixed when it was begun
 */
record JobRecord(
        String id,
        ExtractionOrder order,
        Phase phase,
        Priority priority,
        int version,
        long t,
        LocalDate day,
        @Nullable ExtractReport report,
        @Nullable String failure,
        Instant begun,
        @Nullable Instant ended) {

    /** Its file in the folder of the job. */
    static final String FILE = "job.json";

    /** As it stands in a file. */
    static JobRecord in(Path file) throws IOException {
        return of(Files.readAllBytes(file));
    }

    JobRecord with(Phase next, @Nullable Instant when) {
        return new JobRecord(id, order, next, priority, version + 1, t, day, report, failure, begun, when);
    }

    JobRecord with(Priority next) {
        return new JobRecord(id, order, phase, next, version + 1, t, day, report, failure, begun, ended);
    }

    JobRecord at(long snapshot) {
        return new JobRecord(id, order, phase, priority, version, snapshot, day, report, failure, begun, ended);
    }

    JobRecord done(ExtractReport done, Instant when) {
        return new JobRecord(id, order, Phase.DONE, priority, version + 1, t, day, done, null, begun, when);
    }

    JobRecord failed(String why, Instant when) {
        return new JobRecord(id, order, Phase.FAILED, priority, version + 1, t, day, null, why, begun, when);
    }

    byte[] json() {
        ObjectNode node = FhirJson.mapper().createObjectNode();
        node.put("id", id).put("owner", order.owner()).put("destination", order.destination());
        node.put("crtdl", Base64.getEncoder().encodeToString(order.crtdl()));
        List<String> patients = order.patients();
        if (patients != null) {
            patients.forEach(node.putArray("patients")::add);
        }
        node.put("rules", order.rules());
        ObjectNode details = node.putObject("details");
        order.details().forEach(details::put);
        node.put("phase", phase.name()).put("priority", priority.name());
        node.put("version", version).put("t", t).put("day", day.toString());
        if (failure != null) {
            node.put("failure", failure);
        }
        node.put("begun", begun.toString());
        if (ended != null) {
            node.put("ended", ended.toString());
        }
        if (report != null) {
            node.set("report", json(report));
        }
        return FhirJson.write(node);
    }

    static JobRecord of(byte[] json) {
        JsonNode node = FhirJson.parse(json);
        List<String> patients = null;
        if (node.has("patients")) {
            patients = new ArrayList<>();
            for (JsonNode patient : node.path("patients").values()) {
                patients.add(patient.asString(""));
            }
        }
        Map<String, String> details = new HashMap<>();
        node.path("details")
                .properties()
                .forEach(each -> details.put(each.getKey(), each.getValue().asString("")));
        LocalDate day = LocalDate.parse(node.path("day").asString(""));
        ExtractionOrder order = new ExtractionOrder(
                node.path("owner").asString(""),
                node.path("destination").asString(""),
                Base64.getDecoder().decode(node.path("crtdl").asString("")),
                patients,
                day,
                node.path("rules").asString(""),
                details);
        return new JobRecord(
                node.path("id").asString(""),
                order,
                Phase.valueOf(node.path("phase").asString("")),
                Priority.valueOf(node.path("priority").asString("")),
                node.path("version").asInt(),
                node.path("t").asLong(),
                day,
                node.has("report") ? report(node.path("report")) : null,
                node.has("failure") ? node.path("failure").asString("") : null,
                Instant.parse(node.path("begun").asString("")),
                node.has("ended") ? Instant.parse(node.path("ended").asString("")) : null);
    }

    static ObjectNode json(ExtractReport report) {
        ObjectNode node = FhirJson.mapper().createObjectNode();
        node.put("t", report.t()).put("day", report.day().toString()).put("complete", report.complete());
        node.put("patients", report.patients()).put("patientsDelivered", report.patientsDelivered());
        node.put("read", report.read()).put("delivered", report.delivered());
        ObjectNode groups = node.putObject("deliveredByGroup");
        report.deliveredByGroup().forEach(groups::put);
        ArrayNode list = node.putArray("exclusions");
        for (ExtractReport.Exclusions each : report.exclusions()) {
            list.addObject()
                    .put("stage", each.stage())
                    .put("rule", each.rule())
                    .put("subject", each.subject())
                    .put("count", each.count());
        }
        return node;
    }

    private static ExtractReport report(JsonNode node) {
        SortedMap<String, Long> groups = new TreeMap<>();
        node.path("deliveredByGroup")
                .properties()
                .forEach(each -> groups.put(each.getKey(), each.getValue().asLong()));
        List<ExtractReport.Exclusions> exclusions = new ArrayList<>();
        for (JsonNode each : node.path("exclusions").values()) {
            exclusions.add(new ExtractReport.Exclusions(
                    each.path("stage").asString(""),
                    each.path("rule").asString(""),
                    each.path("subject").asString(""),
                    each.path("count").asLong()));
        }
        return new ExtractReport(
                node.path("t").asLong(),
                LocalDate.parse(node.path("day").asString("")),
                node.path("complete").asBoolean(false),
                node.path("patients").asLong(),
                node.path("patientsDelivered").asLong(),
                node.path("read").asLong(),
                node.path("delivered").asLong(),
                groups,
                exclusions);
    }
}
