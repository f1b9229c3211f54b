package allmende.core.document;

import allmende.core.cohort.Problem;
import allmende.core.cohort.ProblemCode;
import allmende.core.extraction.GroupNames;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The groups of a data selection, as they stand in its tree. */
final class DataShape {

    static final String EXTRACTION = "dataExtraction";
    static final String GROUPS = "attributeGroups";

    private DataShape() {}

    /** What keeps the tree from being edited as a data selection; null where nothing does. */
    static @Nullable Problem fault(ObjectNode root) {
        if (!root.has(EXTRACTION)) {
            return Problem.of(
                    "", root.has(Side.INCLUSION.property()) ? ProblemCode.COHORT_ALONE : ProblemCode.NO_EXTRACTION);
        }
        JsonNode cohort = root.get("cohortDefinition");
        Problem inside = cohort == null || cohort.isNull() ? null : Groups.fault(cohort);
        if (inside != null) {
            return inside.below("/cohortDefinition");
        }
        if (!root.path(EXTRACTION).isObject()) {
            return Problem.of("/" + EXTRACTION, ProblemCode.OBJECT_HERE);
        }
        JsonNode groups = root.path(EXTRACTION).path(GROUPS);
        return groups.isMissingNode() ? null : lists(groups, "/" + EXTRACTION + "/" + GROUPS);
    }

    private static @Nullable Problem lists(JsonNode groups, String pointer) {
        if (!groups.isArray()) {
            return Problem.of(pointer, ProblemCode.NOT_ARRAY);
        }
        for (int index = 0; index < groups.size(); index++) {
            JsonNode group = groups.get(index);
            if (!group.isObject()) {
                return Problem.of(pointer + "/" + index, ProblemCode.NOT_OBJECT, "The group");
            }
            for (String list : Set.of("attributes", "filter")) {
                Problem fault = objects(group.path(list), pointer + "/" + index + "/" + list);
                if (fault != null) {
                    return fault;
                }
            }
        }
        return null;
    }

    private static @Nullable Problem objects(JsonNode list, String pointer) {
        if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
            return Problem.of(pointer, ProblemCode.NOT_ARRAY);
        }
        for (int index = 0; index < list.size(); index++) {
            if (!list.get(index).isObject()) {
                return Problem.of(pointer + "/" + index, ProblemCode.OBJECT_HERE);
            }
        }
        return null;
    }

    /** The group itself, not a copy; null where there is none. */
    static @Nullable ObjectNode group(ObjectNode root, int index) {
        return root.path(EXTRACTION).path(GROUPS).path(index) instanceof ObjectNode group ? group : null;
    }

    static ObjectNode group(ObjectNode root, String profile, String name) {
        ObjectNode group = DocumentJson.object();
        group.put("id", freeId(root, GroupNames.slug(name)));
        group.put("name", name);
        group.put("groupReference", profile);
        group.putArray("attributes");
        return group;
    }

    static String freeId(ObjectNode root, String wish) {
        Set<String> taken = new HashSet<>();
        list(root).forEach(group -> taken.add(group.path("id").asString("")));
        taken.add("");
        String id = wish;
        for (int number = 2; taken.contains(id); number++) {
            id = wish + "-" + number;
        }
        return id;
    }

    static void add(ObjectNode root, ObjectNode group) {
        list(root).add(group);
    }

    static void move(ObjectNode root, int from, int to) {
        ArrayNode list = list(root);
        JsonNode group = list.remove(from);
        list.insert(to, group);
    }

    static void remove(ObjectNode root, int index) {
        ArrayNode list = list(root);
        String id = list.get(index).path("id").asString("");
        list.remove(index);
        for (JsonNode group : list) {
            for (JsonNode field : group.path("attributes")) {
                FieldNodes.unlink((ObjectNode) field, id);
            }
        }
    }

    private static ArrayNode list(ObjectNode root) {
        ObjectNode extraction = root.get(EXTRACTION) instanceof ObjectNode there ? there : root.putObject(EXTRACTION);
        return extraction.get(GROUPS) instanceof ArrayNode list ? list : extraction.putArray(GROUPS);
    }
}
