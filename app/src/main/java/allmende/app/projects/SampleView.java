package allmende.app.projects;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** De-identified rows of one group: names of columns, and the cells of each row. */
record SampleView(String name, List<String> columns, List<List<String>> rows) {

    static List<SampleView> of(JsonNode sample) {
        List<SampleView> views = new ArrayList<>();
        for (JsonNode table : sample) {
            List<List<String>> rows = new ArrayList<>();
            table.path("rows").forEach(row -> rows.add(texts(row)));
            views.add(new SampleView(table.path("name").asString(""), texts(table.path("columns")), rows));
        }
        return views;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(cell -> texts.add(cell.asString("")));
        return texts;
    }
}
