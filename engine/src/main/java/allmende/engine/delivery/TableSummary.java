package allmende.engine.delivery;

import allmende.core.delivery.GroupTable;
import java.util.List;

/**
 * What a table holds.
 *
 * @param rows how many
 * @param columns one per column, in order
 */
record TableSummary(GroupTable table, long rows, List<ColumnSummary> columns) {

    /**
     * What a column holds.
     *
     * @param type type of the values in files that have types
     * @param filled cells with a value
     * @param distinct about how many different values
     */
    record ColumnSummary(CellType type, long filled, long distinct) {}
}
