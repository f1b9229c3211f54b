package allmende.core.delivery;

import java.util.List;

/**
 * The tables of a group.
 *
 * @param tables the first one has a row for each resource; none where the resources' type is not known
 * @param unshown ids of elements that the group asks for and no table shows: their types are not known. The resources hold
 *     them all the same
 */
public record GroupTables(List<GroupTable> tables, List<String> unshown) {
    public GroupTables {
        tables = List.copyOf(tables);
        unshown = List.copyOf(unshown);
    }
}
