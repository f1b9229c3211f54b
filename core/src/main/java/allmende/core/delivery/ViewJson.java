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
        columns(body.putArray("select").addObject(), columns);
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
                columns.forEach(column -> column(own, column));
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
            columns.subList(6, columns.size()).forEach(column -> column(cells, column));
        } else {
            column(texts, "coding", "%rowIndex", "integer");
            columns.subList(6, columns.size()).forEach(column -> column(texts, column));
        }
    }

    private static void columns(ObjectNode select, List<TableColumn> columns) {
        ArrayNode array = select.putArray("column");
        columns.forEach(column -> column(array, column));
    }

    private static void column(ArrayNode columns, TableColumn column) {
        ObjectNode json = columns.addObject().put("name", column.name()).put("path", column.path());
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
