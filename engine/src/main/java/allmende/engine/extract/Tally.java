package allmende.engine.extract;

import allmende.core.extraction.ExclusionRule;
import allmende.core.extraction.ExclusionStage;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.ResourceKey;
import allmende.engine.extract.ExtractReport.Exclusions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Counts what a batch did, and notes the ids of what it left out. One thread's. */
final class Tally {

    private static final String SEPARATOR = "|";
    private static final int KEY_PARTS = 3;

    private final SortedMap<String, Long> exclusions = new TreeMap<>();
    private final SortedMap<String, Long> deliveredByGroup = new TreeMap<>();
    private final List<byte[]> lines = new ArrayList<>();
    private long patientsDelivered;
    private long read;
    private long delivered;

    void read(long resources) {
        read += resources;
    }

    void delivered(Iterable<String> groups) {
        delivered++;
        groups.forEach(group -> deliveredByGroup.merge(group, 1L, Long::sum));
    }

    void patientDelivered() {
        patientsDelivered++;
    }

    /** A patient is left out as a whole. */
    void patient(String id, ExclusionStage stage, String rule, String detail) {
        count(stage, rule, "Patient");
        line(id, null, stage, rule, detail);
    }

    /** A resource is left out. Filters only say what was not asked for: those are counted, not listed. */
    void resource(String patient, ResourceKey resource, ExclusionStage stage, String rule, String subject) {
        count(stage, rule, subject);
        if (!rule.equals(ExclusionRule.FILTER_CODE.code()) && !rule.equals(ExclusionRule.FILTER_DATE.code())) {
            line(patient, resource, stage, rule, subject);
        }
    }

    private void count(ExclusionStage stage, String rule, String subject) {
        exclusions.merge(stage.code() + SEPARATOR + rule + SEPARATOR + subject, 1L, Long::sum);
    }

    private void line(
            String patient, @Nullable ResourceKey resource, ExclusionStage stage, String rule, String detail) {
        ObjectNode line = FhirJson.mapper().createObjectNode();
        line.put("patient", patient);
        if (resource != null) {
            line.put("resource", resource.toString());
        }
        line.put("stage", stage.code()).put("rule", rule).put("of", detail);
        lines.add(FhirJson.write(line));
    }

    /** The ids of what was left out, a JSON object each. */
    List<byte[]> lines() {
        return lines;
    }

    long readSoFar() {
        return read;
    }

    long deliveredSoFar() {
        return delivered;
    }

    void add(Tally other) {
        other.exclusions.forEach((key, count) -> exclusions.merge(key, count, Long::sum));
        other.deliveredByGroup.forEach((group, count) -> deliveredByGroup.merge(group, count, Long::sum));
        patientsDelivered += other.patientsDelivered;
        read += other.read;
        delivered += other.delivered;
    }

    ExtractReport report(ExtractRequest request, boolean complete, long patients) {
        List<Exclusions> list = new ArrayList<>();
        exclusions.forEach((key, count) -> {
            String[] parts = key.split("\\|", KEY_PARTS);
            list.add(new Exclusions(parts[0], parts[1], parts[2], count));
        });
        list.sort((one, other) -> Integer.compare(order(one), order(other)));
        return new ExtractReport(
                request.t(),
                request.day(),
                complete,
                patients,
                patientsDelivered,
                read,
                delivered,
                deliveredByGroup,
                list);
    }

    private static int order(Exclusions exclusions) {
        int order = 0;
        for (ExclusionStage stage : ExclusionStage.values()) {
            if (stage.code().equals(exclusions.stage())) {
                return order;
            }
            order++;
        }
        return order;
    }

    ObjectNode json() {
        ObjectNode json = FhirJson.mapper().createObjectNode();
        json.put("patientsDelivered", patientsDelivered).put("read", read).put("delivered", delivered);
        ObjectNode groups = json.putObject("groups");
        deliveredByGroup.forEach(groups::put);
        ObjectNode left = json.putObject("exclusions");
        exclusions.forEach(left::put);
        return json;
    }

    static Tally of(JsonNode json) {
        Tally tally = new Tally();
        tally.patientsDelivered = json.path("patientsDelivered").asLong();
        tally.read = json.path("read").asLong();
        tally.delivered = json.path("delivered").asLong();
        numbers(json.path("groups"), tally.deliveredByGroup);
        numbers(json.path("exclusions"), tally.exclusions);
        return tally;
    }

    private static void numbers(JsonNode json, Map<String, Long> into) {
        json.properties()
                .forEach(each -> into.put(each.getKey(), each.getValue().asLong()));
    }
}
