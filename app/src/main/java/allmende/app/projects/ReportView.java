package allmende.app.projects;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The report of a build as pages show it; what a report does not tell is 0 or empty.
 *
 * @param patientsAsked patients of the cohort
 * @param patientsDelivered of whom something would leave
 * @param read resources read
 * @param delivered resources that would leave
 * @param groups what would leave, by group of the selection
 * @param exclusions what stays, by stage and rule
 * @param consent how consent was judged
 * @param risk risk of re-identification
 * @param deidentified what the rules of de-identification did
 * @param files what would leave, by file
 */
record ReportView(
        long patientsAsked,
        long patientsDelivered,
        long read,
        long delivered,
        List<Count> groups,
        List<Exclusion> exclusions,
        Consent consent,
        List<Figure> risk,
        List<Count> deidentified,
        List<FileLine> files) {

    /** How often something occurs. */
    record Count(String name, long count) {}

    /** How often a rule at a stage left something out. */
    record Exclusion(String stage, String rule, String subject, long count) {}

    /** By whose rules consent was judged, which policies were asked for, and why patients were left out. */
    record Consent(String rules, List<String> policies, List<Count> refused) {}

    /** A figure and what it means, as the report itself says it. */
    record Figure(String name, String value) {}

    /** A file: name, bytes, rows (-1 for none). */
    record FileLine(String name, long bytes, long rows) {}

    /** Reads a report. */
    static ReportView of(JsonNode report) {
        List<Exclusion> exclusions = new ArrayList<>();
        for (JsonNode one : report.path("exclusions")) {
            exclusions.add(new Exclusion(
                    one.path("stage").asString(""),
                    one.path("rule").asString(""),
                    one.path("subject").asString(""),
                    one.path("count").asLong(0)));
        }
        List<String> policies = new ArrayList<>();
        report.path("consent").path("policies").forEach(policy -> policies.add(policy.asString("")));
        List<FileLine> files = new ArrayList<>();
        for (JsonNode file : report.path("files")) {
            files.add(new FileLine(
                    file.path("name").asString(""),
                    file.path("bytes").asLong(0),
                    file.path("rows").asLong(-1)));
        }
        return new ReportView(
                report.path("patients").path("asked").asLong(0),
                report.path("patients").path("delivered").asLong(0),
                report.path("resources").path("read").asLong(0),
                report.path("resources").path("delivered").asLong(0),
                counts(report.path("groups")),
                exclusions,
                new Consent(
                        report.path("consent").path("rules").asString(""),
                        policies,
                        counts(report.path("consent").path("refused"))),
                figures(report.path("risk")),
                counts(report.path("deidentified")),
                files);
    }

    private static List<Count> counts(JsonNode object) {
        List<Count> counts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            counts.add(new Count(entry.getKey(), entry.getValue().asLong(0)));
        }
        return counts;
    }

    private static List<Figure> figures(JsonNode object) {
        List<Figure> figures = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            figures.add(new Figure(entry.getKey(), entry.getValue().asString("")));
        }
        return figures;
    }
}
