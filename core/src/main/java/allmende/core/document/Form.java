package allmende.core.document;

import java.util.HashMap;
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

    private static final Map<String, Form> FILTER_MEMBERS = with(
            values("type", "comparator", "value", "minValue", "maxValue"),
            Map.of("selectedConcepts", CODING, "unit", UNIT));

    private static final Map<String, Form> CRITERION_MEMBERS = Map.of(
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

    /** The members of such an object, by name. */
    Map<String, Form> members() {
        return switch (this) {
            case VALUE -> Map.of();
            case CODING -> values("system", "code", "version", "display");
            case UNIT -> values("code", "display");
            case FILTER -> FILTER_MEMBERS;
            case ATTRIBUTE -> with(FILTER_MEMBERS, Map.of("attributeCode", CODING, "criteria", CRITERION));
            case TIME -> values("afterDate", "beforeDate");
            case WITHIN -> with(values("days", "direction"), Map.of("of", CRITERION));
            case EXTENSION -> with(values("atLeast", "position"), Map.of("within", WITHIN));
            case CRITERION -> CRITERION_MEMBERS;
            case COHORT ->
                with(
                        values("version", "display"),
                        Map.of("inclusionCriteria", CRITERION, "exclusionCriteria", CRITERION));
            case TOKEN -> with(values("type", "name", "start", "end"), Map.of("codes", CODING));
            case FIELD -> values("attributeRef", "mustHave", "linkedGroups");
            case GROUP ->
                with(
                        values("id", "name", "groupReference", "includeReferenceOnly"),
                        Map.of("attributes", FIELD, "filter", TOKEN));
            case EXTRACTION -> Map.of("attributeGroups", GROUP);
            case DATA ->
                with(values("version", "display"), Map.of("cohortDefinition", COHORT, "dataExtraction", EXTRACTION));
        };
    }

    private static Map<String, Form> values(String... names) {
        Map<String, Form> members = new HashMap<>();
        for (String name : names) {
            members.put(name, VALUE);
        }
        return members;
    }

    private static Map<String, Form> with(Map<String, Form> some, Map<String, Form> more) {
        Map<String, Form> members = new HashMap<>(some);
        members.putAll(more);
        return members;
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
