package allmende.app.selection;

import allmende.core.document.CohortDocument;
import allmende.core.document.DataDocument;
import allmende.core.document.Side;
import allmende.core.document.Spot;
import allmende.core.extraction.Attribute;
import allmende.core.extraction.AttributeGroup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A document as two tables for spreadsheets: the criteria and the fields. */
final class QueryTables {

    private static final String FORMULA_STARTS = "=+-@\t\r";

    private QueryTables() {}

    /** A ZIP archive with {@code cohort.csv} and {@code data.csv}, UTF-8. */
    static byte[] zip(DataDocument document) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            entry(zip, "cohort.csv", cohort(document.cohort()));
            entry(zip, "data.csv", data(document));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return out.toByteArray();
    }

    private static void entry(ZipOutputStream zip, String name, String content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static String cohort(CohortDocument cohort) {
        StringBuilder csv = new StringBuilder();
        line(csv, "side", "group", "criterion", "context", "system", "code", "display", "filters");
        for (Spot spot : cohort.spots()) {
            ObjectNode criterion = cohort.criterion(spot).orElseThrow();
            JsonNode codes = criterion.has("termCodes") ? criterion.path("termCodes") : criterion.path("termCode");
            Iterable<JsonNode> terms = codes.isArray() ? codes : java.util.List.of(codes);
            for (JsonNode term : terms) {
                line(
                        csv,
                        spot.side() == Side.INCLUSION ? "inclusion" : "exclusion",
                        Integer.toString(spot.group() + 1),
                        Integer.toString(spot.criterion() + 1),
                        criterion.path("context").path("code").asString(""),
                        term.path("system").asString(""),
                        term.path("code").asString(""),
                        term.path("display").asString(""),
                        filters(criterion));
            }
        }
        return csv.toString();
    }

    private static String filters(ObjectNode criterion) {
        ObjectNode rest = criterion.deepCopy();
        rest.remove(java.util.List.of("context", "termCodes", "termCode"));
        return rest.isEmpty() ? "" : rest.toString();
    }

    private static String data(DataDocument document) {
        StringBuilder csv = new StringBuilder();
        line(csv, "group", "profile", "field", "mustHave", "linkedGroups");
        for (AttributeGroup group : document.groups()) {
            for (Attribute attribute : group.attributes()) {
                line(
                        csv,
                        group.name(),
                        group.profile(),
                        attribute.element(),
                        Boolean.toString(attribute.mustHave()),
                        String.join(" ", attribute.linkedGroups()));
            }
        }
        return csv.toString();
    }

    private static void line(StringBuilder csv, String... cells) {
        csv.append(Arrays.stream(cells).map(QueryTables::cell).collect(Collectors.joining(";")))
                .append("\r\n");
    }

    /** Quoted; a cell that a spreadsheet would take for a formula begins with an apostrophe. */
    private static String cell(String text) {
        boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
