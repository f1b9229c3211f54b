package allmende.core.document;

import allmende.core.cohort.Problem;
import allmende.core.cohort.ProblemCode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The groups of a cohort definition, as they stand in its tree. A single criterion in the place of a group counts as a
 * group of one; the first edit of that group makes a list of it.
 */
final class Groups {

    private Groups() {}

    /** What keeps the tree from being edited as a cohort definition; null where nothing does. */
    static @Nullable Problem fault(JsonNode root) {
        if (!root.isObject()) {
            return Problem.of("", ProblemCode.NOT_OBJECT, "A cohort definition");
        }
        for (Side side : Side.values()) {
            JsonNode list = root.get(side.property());
            Problem fault = list == null || list.isNull() ? null : fault(list, "/" + side.property());
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static @Nullable Problem fault(JsonNode list, String pointer) {
        if (!list.isArray()) {
            return Problem.of(pointer, ProblemCode.NOT_ARRAY);
        }
        for (int index = 0; index < list.size(); index++) {
            JsonNode group = list.get(index);
            String at = pointer + "/" + index;
            if (!group.isArray() && !group.isObject()) {
                return Problem.of(at, ProblemCode.GROUP_NOT_ARRAY);
            }
            for (int member = 0; group.isArray() && member < group.size(); member++) {
                if (!group.get(member).isObject()) {
                    return Problem.of(at + "/" + member, ProblemCode.NOT_OBJECT, "The criterion");
                }
            }
        }
        return null;
    }

    static int count(ObjectNode root, Side side) {
        return root.path(side.property()).size();
    }

    /** Criteria of a group; 0 where there is no such group. */
    static int count(ObjectNode root, Side side, int group) {
        JsonNode node = root.path(side.property()).path(group);
        return node.isObject() ? 1 : node.size();
    }

    /** The criterion itself, not a copy; null where there is none. */
    static @Nullable ObjectNode criterion(ObjectNode root, Spot spot) {
        JsonNode group = root.path(spot.side().property()).path(spot.group());
        JsonNode found = group.isObject() && spot.criterion() == 0 ? group : group.path(spot.criterion());
        return group.isMissingNode() || !(found instanceof ObjectNode criterion) ? null : criterion;
    }

    /** Puts the criterion at the end of the group; a group that is not there yet becomes the last one. */
    static void add(ObjectNode root, Side side, int group, ObjectNode criterion) {
        ArrayNode list = list(root, side);
        if (group < 0 || group >= list.size()) {
            list.addArray().add(criterion);
        } else {
            group(list, group).add(criterion);
        }
    }

    static void replace(ObjectNode root, Spot spot, ObjectNode criterion) {
        ArrayNode list = list(root, spot.side());
        if (list.get(spot.group()).isObject()) {
            list.set(spot.group(), criterion);
        } else {
            group(list, spot.group()).set(spot.criterion(), criterion);
        }
    }

    /** Takes the criterion out, and its group where it was the last one in it. */
    static void remove(ObjectNode root, Spot spot) {
        ArrayNode list = list(root, spot.side());
        ArrayNode group = group(list, spot.group());
        group.remove(spot.criterion());
        if (group.isEmpty()) {
            list.remove(spot.group());
        }
    }

    static void move(ObjectNode root, Side side, int from, int to) {
        ArrayNode list = list(root, side);
        JsonNode group = list.remove(from);
        list.insert(to, group);
    }

    private static ArrayNode list(ObjectNode root, Side side) {
        return root.get(side.property()) instanceof ArrayNode list ? list : root.putArray(side.property());
    }

    private static ArrayNode group(ArrayNode list, int index) {
        JsonNode node = list.get(index);
        if (node instanceof ArrayNode group) {
            return group;
        }
        ArrayNode group = list.arrayNode().add(node);
        list.set(index, group);
        return group;
    }
}
