package allmende.core.delivery;

import allmende.core.fhir.FhirJson;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes view definitions. */
final class ViewJson {

    private static final String URL = "http://hl7.org/fhir/uv/sql-on-fhir/StructureDefinition/ViewDefinition";

    private final String type;

    ViewJson(String type) {
        this.type = type;
    }

    /** The definition with its heading before its body. */
    static ObjectNode headed(ObjectNode body, String name, String title, String description) {
        ObjectNode view = FhirJson.mapper().createObjectNode();
        view.put("resourceType", URL).put("name", name).put("title", title).put("status", "active");
        view.put("description", description);
        view.setAll(body);
        return view;
    }

    private ObjectNode body() {
        return FhirJson.mapper().createObjectNode().put("resource", type);
    }

    /** A row per resource. */
    ObjectNode flat(List<TableColumn> columns) {
        ObjectNode body = body();
        parts(body.putArray("select"), columns);
        return body;
    }

    /** A row per element of a list, or of a list inside a list. */
    ObjectNode nested(List<TableColumn> keys, List<Draft> chain, List<TableColumn> columns) {
        ObjectNode body = body();
        ArrayNode selects = body.putArray("select");
        columns(selects.addObject(), keys);
        for (int i = 0; i < chain.size(); i++) {
            Draft list = chain.get(i);
            ObjectNode select = selects.addObject().put("forEach", list.path());
            ArrayNode own = select.putArray("column");
            column(own, list.position(), "%rowIndex", "integer");
            if (i == chain.size() - 1) {
                parts(select.putArray("select"), columns);
            } else {
                selects = select.putArray("select");
            }
        }
        return body;
    }

    /** A row per code; an element in words alone has one without a code. */
    ObjectNode codes(List<TableColumn> columns, List<CodeBranch> branches) {
        ObjectNode body = body();
        ArrayNode selects = body.putArray("select");
        columns(selects.addObject(), columns.subList(0, 2));
        ArrayNode union = selects.addObject().putArray("unionAll");
        branches.forEach(branch -> branch(union.addObject(), branch, columns));
        return body;
    }

    private static void branch(ObjectNode select, CodeBranch branch, List<TableColumn> columns) {
        List<Draft> chain = branch.owner().chain();
        String here = branch.path().isEmpty() ? "$this" : branch.path();
        ObjectNode inner = select;
        select.put("forEach", chain.isEmpty() ? here : chain.getFirst().path());
        ArrayNode own = select.putArray("column");
        column(own, "element", Conditions.text(branch.element()), "string");
        column(own, "item", "%rowIndex", "integer");
        for (int i = 1; i <= chain.size(); i++) {
            String path = i < chain.size() ? chain.get(i).path() : here;
            inner = inner.putArray("select").addObject().put("forEach", path);
        }
        ArrayNode texts = chain.isEmpty() ? own : inner.putArray("column");
        column(texts, "text", branch.concept() ? "text" : "{}", "string");
        if (branch.concept()) {
            ObjectNode codings = inner.putArray("select").addObject().put("forEachOrNull", "coding");
            ArrayNode cells = codings.putArray("column");
            column(cells, "coding", "%rowIndex", "integer");
            columns.subList(6, columns.size()).forEach(column -> column(cells, column, column.path()));
        } else {
            column(texts, "coding", "%rowIndex", "integer");
            columns.subList(6, columns.size()).forEach(column -> column(texts, column, column.path()));
        }
    }

    /**
     * Columns in order. Neighbours that show parts of one value share a selection, so that the value is looked up once and
     * not for each of them; it is one at most, so that there is one row all the same.
     */
    private static void parts(ArrayNode selects, List<TableColumn> columns) {
        int from = 0;
        while (from < columns.size()) {
            String value = value(columns.get(from));
            int to = from + 1;
            while (to < columns.size() && value.equals(value(columns.get(to)))) {
                to++;
            }
            ObjectNode select = selects.addObject();
            boolean shared = !value.isEmpty() && to - from > 1;
            if (shared) {
                select.put("forEachOrNull", value.endsWith(".first()") ? value : value + ".first()");
            }
            ArrayNode array = select.putArray("column");
            int skipped = shared ? value.length() + 1 : 0;
            columns.subList(from, to)
                    .forEach(column -> column(array, column, column.path().substring(skipped)));
            from = to;
        }
    }

    /** What the column shows a part of: its path without the last step; empty where that is the row itself. */
    private static String value(TableColumn column) {
        String path = column.path();
        int depth = 0;
        boolean text = false;
        int dot = 0;
        for (int i = 0; i < path.length(); i++) {
            char letter = path.charAt(i);
            text ^= letter == '\'' && (i == 0 || path.charAt(i - 1) != '\\');
            depth += text ? 0 : letter == '(' ? 1 : letter == ')' ? -1 : 0;
            dot = letter == '.' && depth == 0 && !text ? i : dot;
        }
        return column.list() ? "" : path.substring(0, dot);
    }

    private static void columns(ObjectNode select, List<TableColumn> columns) {
        ArrayNode array = select.putArray("column");
        columns.forEach(column -> column(array, column, column.path()));
    }

    private static void column(ArrayNode columns, TableColumn column, String path) {
        ObjectNode json = columns.addObject().put("name", column.name()).put("path", path);
        json.put("type", column.type());
        if (column.list()) {
            json.put("collection", true);
        }
        json.put("description", column.meaning().en());
    }

    private static void column(ArrayNode columns, String name, String path, String type) {
        columns.addObject().put("name", name).put("path", path).put("type", type);
    }
}
