package allmende.engine.delivery;

import allmende.core.delivery.GroupTable;
import allmende.core.delivery.TableColumn;
import allmende.core.extraction.AttributeGroup;
import allmende.core.fhir.FhirJson;
import allmende.core.profile.Words;
import allmende.engine.delivery.TableSummary.ColumnSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every column means, for people and programs. Shares and numbers of values are rounded, and left out of small tables:
 * the dictionary may be shown to people who may not see the data.
 */
final class Dictionary {

    private static final long SMALL = 20;
    private static final int STEP = 5;

    private static final List<String> HEADING = List.of(
            "table",
            "column",
            "group",
            "profile",
            "element",
            "type",
            "unit_column",
            "meaning_de",
            "meaning_en",
            "change_de",
            "change_en",
            "filled_percent",
            "distinct_values");

    private final DeliveryPlan plan;
    private final List<TableSummary> tables;
    private final Map<String, Long> unfit;

    Dictionary(DeliveryPlan plan, List<TableSummary> tables, Map<String, Long> unfit) {
        this.plan = plan;
        this.tables = tables;
        this.unfit = unfit;
    }

    String csv() {
        StringBuilder text = new StringBuilder(String.join(",", HEADING)).append("\r\n");
        for (TableSummary summary : tables) {
            for (int i = 0; i < summary.columns().size(); i++) {
                List<String> cells = cells(summary, i);
                text.append(cells.stream()
                                .map(Dictionary::quoted)
                                .reduce((a, b) -> a + "," + b)
                                .orElse(""))
                        .append("\r\n");
            }
        }
        return text.toString();
    }

    private static String quoted(String text) {
        boolean plain =
                text.chars().noneMatch(letter -> letter == ',' || letter == '"' || letter == '\n' || letter == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private List<String> cells(TableSummary summary, int at) {
        GroupTable table = summary.table();
        TableColumn column = table.columns().get(at);
        Optional<Words> change = plan.changes().change(column.element());
        List<String> cells = new ArrayList<>();
        cells.add(table.name());
        cells.add(column.name());
        cells.add(name(table));
        cells.add(plan.extraction()
                .group(table.group())
                .map(AttributeGroup::profile)
                .orElse(""));
        cells.add(column.element());
        cells.add(column.list() ? column.type() + " (list)" : column.type());
        cells.add(column.unit());
        cells.add(column.meaning().de());
        cells.add(column.meaning().en());
        cells.add(change.map(Words::de).orElse(""));
        cells.add(change.map(Words::en).orElse(""));
        cells.add(filled(summary, at));
        cells.add(distinct(summary, at));
        return cells;
    }

    private String name(GroupTable table) {
        return plan.extraction().group(table.group()).map(AttributeGroup::name).orElse("");
    }

    /** Rounded to steps; what is neither none nor all is never shown as such. */
    private static String filled(TableSummary summary, int at) {
        long filled = summary.columns().get(at).filled();
        if (summary.rows() < SMALL) {
            return "";
        }
        if (filled == 0 || filled == summary.rows()) {
            return filled == 0 ? "0" : "100";
        }
        long rounded = Math.round(100.0 * filled / summary.rows() / STEP) * STEP;
        return Long.toString(Math.clamp(rounded, STEP, 100 - STEP));
    }

    private static String distinct(TableSummary summary, int at) {
        ColumnSummary column = summary.columns().get(at);
        if (summary.rows() < SMALL || column.filled() == 0) {
            return "";
        }
        long found = Math.min(column.distinct(), column.filled());
        return found <= 1
                ? "1"
                : found <= 10 ? "2-10" : found <= 100 ? "11-100" : found <= 1000 ? "101-1000" : "over 1000";
    }

    ObjectNode json() {
        ObjectNode root = FhirJson.mapper().createObjectNode();
        root.put("title", plan.facts().title()).put("delivery", plan.facts().id());
        ArrayNode array = root.putArray("tables");
        for (TableSummary summary : tables) {
            GroupTable table = summary.table();
            ObjectNode json = array.addObject().put("name", table.name()).put("group", name(table));
            words(json.putObject("title"), table.title());
            json.put("rows", summary.rows());
            json.put("resourcesThatDidNotFit", unfit.getOrDefault(table.name(), 0L));
            ArrayNode key = json.putArray("key");
            table.key().forEach(key::add);
            ArrayNode columns = json.putArray("columns");
            for (int i = 0; i < summary.columns().size(); i++) {
                column(columns.addObject(), cells(summary, i));
            }
        }
        ArrayNode unshown = root.putArray("inResourcesOnly");
        plan.tables().values().forEach(each -> each.unshown().forEach(unshown::add));
        return root;
    }

    private static void column(ObjectNode json, List<String> cells) {
        for (int i = 1; i < HEADING.size(); i++) {
            if (!cells.get(i).isEmpty() && i != 2 && i != 3) {
                json.put(HEADING.get(i), cells.get(i));
            }
        }
    }

    private static void words(ObjectNode json, Words words) {
        json.put("de", words.de()).put("en", words.en());
    }
}
