package allmende.core.delivery;

import allmende.core.profile.Words;
import allmende.core.view.View;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * One table of a delivery.
 *
 * @param name its file name without ending; begins with the group's slug
 * @param group id of the group
 * @param title what it shows
 * @param key names of the columns that together identify a row
 * @param columns in order
 * @param definition the view as a {@code ViewDefinition} of SQL on FHIR v2
 * @param view the same, compiled
 */
public record GroupTable(
        String name,
        String group,
        Words title,
        List<String> key,
        List<TableColumn> columns,
        ObjectNode definition,
        View view) {

    public GroupTable {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
    }

    /** Whether it is the group's first table: one row per resource. */
    public boolean isMain() {
        return columns.getFirst().name().equals(GroupViews.ID);
    }
}
