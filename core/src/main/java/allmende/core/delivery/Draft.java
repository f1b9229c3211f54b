package allmende.core.delivery;

import allmende.core.profile.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table while it is worked out: the resources themselves, or the elements of a list inside another table's rows. */
final class Draft {

    private final @Nullable Draft parent;
    private final String path;
    private final String name;
    private final String element;
    private final List<TableColumn> columns = new ArrayList<>();

    private Draft(@Nullable Draft parent, String path, String name, String element) {
        this.parent = parent;
        this.path = path;
        this.name = name;
        this.element = element;
    }

    /** The table of the resources. */
    static Draft main(String type) {
        return new Draft(null, "", "", type);
    }

    /** A table of the elements that the path finds in each row of this one. */
    Draft list(String below, String called, String id) {
        return new Draft(this, below, ColumnNames.join(name, called), id);
    }

    @Nullable
    Draft parent() {
        return parent;
    }

    /** Where its elements are, relative to the parent's rows; empty for the resources. */
    String path() {
        return path;
    }

    /** What is added to the group's name; empty for the resources. */
    String name() {
        return name;
    }

    /** Id of the element that a row shows. */
    String element() {
        return element;
    }

    List<TableColumn> columns() {
        return columns;
    }

    /** The tables from below the resources down to this one. */
    List<Draft> chain() {
        List<Draft> chain = new ArrayList<>();
        for (Draft draft = this; draft != null && draft.parent != null; draft = draft.parent) {
            chain.addFirst(draft);
        }
        return chain;
    }

    /** The name of the column with the place in the list. */
    String position() {
        return ColumnNames.join(name, "position");
    }

    /** Adds a column, under a name of its own; returns the name. */
    String add(String wanted, String at, Shape shape, Words meaning) {
        Set<String> taken = new HashSet<>(Set.of(GroupViews.ID, GroupViews.RESOURCE, GroupViews.PATIENT));
        columns.forEach(column -> taken.add(column.name()));
        chain().forEach(draft -> taken.add(draft.position()));
        String free = ColumnNames.free(wanted, taken);
        columns.add(new TableColumn(free, at, shape.type(), shape.list(), shape.element(), shape.unit(), meaning));
        return free;
    }

    /** What a column's values are: their type, whether there are several, whose element, and in which column their unit is. */
    record Shape(String type, boolean list, String element, String unit) {
        static Shape of(String type, String element) {
            return new Shape(type, false, element, "");
        }
    }
}
