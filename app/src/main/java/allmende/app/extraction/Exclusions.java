package allmende.app.extraction;

import allmende.core.extraction.ExclusionRule;
import allmende.core.extraction.ExclusionStage;
import allmende.core.fhir.FhirJson;
import allmende.engine.extract.ExtractReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What an extraction left out, as CSV (RFC 4180): counts for everyone, and with ids for who may see them. */
final class Exclusions {

    static final String PATIENTS = "patient-exclusions.csv";
    static final String RESOURCES = "resource-exclusions.csv";
    static final String IDS = "left-out.csv";

    /** What a spreadsheet takes for a formula. */
    private static final String FORMULA_STARTS = "=+-@\t";

    private Exclusions() {}

    /** Whether something was left out as a whole patient. */
    static boolean isPatient(ExtractReport.Exclusions exclusions) {
        return exclusions.subject().equals("Patient")
                && (exclusions.stage().equals(ExclusionStage.COHORT.code())
                        || exclusions.stage().equals(ExclusionStage.CONSENT.code())
                        || exclusions.rule().equals(ExclusionRule.GROUP_EMPTY.code()));
    }

    /** Counts by stage, rule and subject: those of patients as a whole, or those of resources. */
    static byte[] counts(ExtractReport report, boolean patients) {
        StringBuilder csv = new StringBuilder(row(List.of("stage", "rule", "subject", "count")));
        for (ExtractReport.Exclusions each : report.exclusions()) {
            if (isPatient(each) == patients) {
                csv.append(row(List.of(each.stage(), each.rule(), each.subject(), Long.toString(each.count()))));
            }
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Writes the ids of what was left out, a row each, as they stand in the pipeline's file. */
    static void ids(Path file, OutputStream out) throws IOException {
        out.write(bytes(row(List.of("patient", "resource", "stage", "rule", "subject"))));
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode one = FhirJson.parse(bytes(line));
                out.write(bytes(row(List.of(
                        one.path("patient").asString(""),
                        one.path("resource").asString(""),
                        one.path("stage").asString(""),
                        one.path("rule").asString(""),
                        one.path("of").asString("")))));
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String row(List<String> fields) {
        return fields.stream().map(Exclusions::field).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String field(String text) {
        String safe = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean quote = safe.chars().anyMatch(each -> each == ',' || each == '"' || each == '\n' || each == '\r');
        return quote ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
