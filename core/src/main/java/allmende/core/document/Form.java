package allmende.core.document;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The kinds of objects in documents, and which members each has in some version of its format. */
enum Form {
    /** Text, number, truth value: nothing to look into. */
    VALUE,
    CODING,
    UNIT,
    FILTER,
    ATTRIBUTE,
    TIME,
    WITHIN,
    EXTENSION,
    CRITERION,
    COHORT,
    TOKEN,
    FIELD,
    GROUP,
    EXTRACTION,
    DATA;

    /** The member of a criterion that asks for something beyond CCDL. */
    static final String EXTENSION_MEMBER = "allmende";

    /** The members of such an object, by name. */
    Map<String, Form> members() {
        return switch (this) {
            case VALUE -> Map.of();
            case CODING -> Map.of("system", VALUE, "code", VALUE, "version", VALUE, "display", VALUE);
            case UNIT -> Map.of("code", VALUE, "display", VALUE);
            case FILTER ->
                Map.of(
                        "type",
                        VALUE,
                        "selectedConcepts",
                        CODING,
                        "comparator",
                        VALUE,
                        "value",
                        VALUE,
                        "minValue",
                        VALUE,
                        "maxValue",
                        VALUE,
                        "unit",
                        UNIT);
            case ATTRIBUTE ->
                Map.of(
                        "type",
                        VALUE,
                        "selectedConcepts",
                        CODING,
                        "comparator",
                        VALUE,
                        "value",
                        VALUE,
                        "minValue",
                        VALUE,
                        "maxValue",
                        VALUE,
                        "unit",
                        UNIT,
                        "attributeCode",
                        CODING,
                        "criteria",
                        CRITERION);
            case TIME -> Map.of("afterDate", VALUE, "beforeDate", VALUE);
            case WITHIN -> Map.of("days", VALUE, "direction", VALUE, "of", CRITERION);
            case EXTENSION -> Map.of("atLeast", VALUE, "position", VALUE, "within", WITHIN);
            case CRITERION ->
                Map.of(
                        "context",
                        CODING,
                        "termCodes",
                        CODING,
                        "termCode",
                        CODING,
                        "valueFilter",
                        FILTER,
                        "attributeFilters",
                        ATTRIBUTE,
                        "timeRestriction",
                        TIME,
                        EXTENSION_MEMBER,
                        EXTENSION);
            case COHORT ->
                Map.of(
                        "version",
                        VALUE,
                        "display",
                        VALUE,
                        "inclusionCriteria",
                        CRITERION,
                        "exclusionCriteria",
                        CRITERION);
            case TOKEN -> Map.of("type", VALUE, "name", VALUE, "codes", CODING, "start", VALUE, "end", VALUE);
            case FIELD -> Map.of("attributeRef", VALUE, "mustHave", VALUE, "linkedGroups", VALUE);
            case GROUP ->
                Map.of(
                        "id",
                        VALUE,
                        "name",
                        VALUE,
                        "groupReference",
                        VALUE,
                        "includeReferenceOnly",
                        VALUE,
                        "attributes",
                        FIELD,
                        "filter",
                        TOKEN);
            case EXTRACTION -> Map.of("attributeGroups", GROUP);
            case DATA ->
                Map.of("version", VALUE, "display", VALUE, "cohortDefinition", COHORT, "dataExtraction", EXTRACTION);
        };
    }

    /**
     * An object in a document.
     *
     * @param pointer JSON pointer to it
     */
    record Met(Form form, ObjectNode node, String pointer) {}

    /** Visits the object and every known object below it, outer ones first. */
    void walk(ObjectNode node, String pointer, Consumer<Met> visitor) {
        visitor.accept(new Met(this, node, pointer));
        Map<String, Form> members = members();
        for (String name : List.copyOf(node.propertyNames())) {
            Form form = members.getOrDefault(name, VALUE);
            JsonNode member = node.get(name);
            if (form != VALUE && member != null) {
                objects(member, Members.pointer(pointer, name), (object, at) -> form.walk(object, at, visitor));
            }
        }
    }

    /** The objects in the node: itself, or those in its lists. */
    private static void objects(JsonNode node, String pointer, BiConsumer<ObjectNode, String> visitor) {
        if (node instanceof ObjectNode object) {
            visitor.accept(object, pointer);
        } else if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                objects(node.get(index), pointer + "/" + index, visitor);
            }
        }
    }
}
