package allmende.core.delivery;

import allmende.core.extraction.AttributeGroup;
import allmende.core.extraction.GroupNames;
import allmende.core.profile.Words;
import allmende.core.view.View;
import allmende.core.view.ViewProblem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tables of a group of a CRTDL as views of SQL on FHIR v2. The first has a row for each resource and a column for each
 * value that a resource has at most once. What repeats stands in tables of its own, a row for each element of the list, with
 * the keys of the resource and the patient and the place in the list; so rows never multiply. All codes of the group stand,
 * in addition, in one long table, since an element may hold codes of several systems. docs/implementation/deliveries.md tells
 * the names.
 */
public final class GroupViews {

    /** The key of a resource in the table of its group. */
    public static final String ID = "id";

    /** The key of the resource in tables of lists. */
    public static final String RESOURCE = "resource";

    /** The key of the patient in every table. */
    public static final String PATIENT = "patient";

    private final AttributeGroup group;
    private final String type;
    private final ColumnFinder found;

    private GroupViews(AttributeGroup group, String type, ColumnFinder found) {
        this.group = group;
        this.type = type;
        this.found = found;
    }

    /**
     * The tables of a group.
     *
     * @param type FHIR type of its resources
     * @param facts what is known of its profile
     */
    public static GroupTables of(AttributeGroup group, String type, ElementFacts facts) {
        ColumnFinder finder = new ColumnFinder(facts);
        finder.find(RequestNode.of(group, type), type);
        GroupViews views = new GroupViews(group, type, finder);
        return new GroupTables(
                views.tables(), finder.unshown().stream().distinct().toList());
    }

    private List<GroupTable> tables() {
        List<GroupTable> tables = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (Draft draft : found.drafts()) {
            if (draft.parent() == null || !draft.columns().isEmpty()) {
                tables.add(table(draft, names));
            }
        }
        if (!found.codes().isEmpty()) {
            tables.add(codes(names));
        }
        return tables;
    }

    private GroupTable table(Draft draft, Set<String> names) {
        boolean main = draft.parent() == null;
        List<TableColumn> columns = keys(main ? ID : RESOURCE);
        List<String> key = new ArrayList<>(List.of(columns.getFirst().name()));
        for (Draft list : draft.chain()) {
            columns.add(position(list.position()));
            key.add(list.position());
        }
        int own = columns.size();
        columns.addAll(draft.columns());
        String wanted = draft.name().isEmpty() ? "" : "_" + draft.name();
        ViewJson json = new ViewJson(type);
        ObjectNode definition = main
                ? json.flat(columns)
                : json.nested(columns.subList(0, 2), draft.chain(), columns.subList(own, columns.size()));
        Words title = main
                ? new Words("Eine Zeile je Ressource der Gruppe.", "One row per resource of the group.")
                : new Words(
                        "Eine Zeile je Eintrag der Liste " + draft.element() + ".",
                        "One row per entry of the list " + draft.element() + ".");
        return finished(wanted, names, new Shape(title, key, columns), definition);
    }

    private GroupTable codes(Set<String> names) {
        List<TableColumn> columns = keys(RESOURCE);
        columns.add(new TableColumn("element", "", "string", false, "", "", Meanings.ELEMENT));
        columns.add(position("item"));
        columns.add(code("text", "string"));
        columns.add(position("coding"));
        columns.add(code("code", "code"));
        columns.add(code("system", "uri"));
        columns.add(code("version", "string"));
        columns.add(code("display", "string"));
        ObjectNode definition = new ViewJson(type).codes(columns, found.codes());
        Words title = new Words(
                "Eine Zeile je Code der Gruppe, aus allen Elementen, in allen Codesystemen.",
                "One row per code of the group, of all elements, in all code systems.");
        return finished("_codes", names, new Shape(title, List.of(), columns), definition);
    }

    private static TableColumn code(String name, String type) {
        return new TableColumn(name, name, type, false, "", "", Meanings.leaf(name));
    }

    private record Shape(Words title, List<String> key, List<TableColumn> columns) {}

    private GroupTable finished(String suffix, Set<String> names, Shape shape, ObjectNode body) {
        String name = GroupNames.slug(group.name()) + suffix;
        String free = name;
        for (int i = 2; !names.add(free); i++) {
            free = name + "_" + i;
        }
        ObjectNode definition = ViewJson.headed(
                body, viewName(free), group.name(), shape.title().en());
        return switch (View.read(definition)) {
            case View.Read.Compiled(View view) ->
                new GroupTable(free, group.id(), shape.title(), shape.key(), shape.columns(), definition, view);
            case View.Read.Refused(List<ViewProblem> problems) ->
                throw new IllegalStateException("The view " + free + " of the group is not in order, at "
                        + problems.getFirst().pointer() + ": "
                        + problems.getFirst().reason());
        };
    }

    private static String viewName(String name) {
        return !name.isEmpty() && Character.isLetter(name.charAt(0)) ? name : "group_" + name;
    }

    private List<TableColumn> keys(String id) {
        List<TableColumn> keys = new ArrayList<>();
        keys.add(new TableColumn(
                id,
                "getResourceKey()",
                "string",
                false,
                type + ".id",
                "",
                id.equals(ID) ? Meanings.RESOURCE : Meanings.OWNER));
        keys.add(new TableColumn(PATIENT, patient(), "string", false, "", "", Meanings.PATIENT));
        return keys;
    }

    /** FHIR R4, compartment of patients: where a type names its patient. */
    private String patient() {
        return switch (type) {
            case "Patient" -> "getResourceKey()";
            case "AllergyIntolerance",
                    "BodyStructure",
                    "Claim",
                    "ClaimResponse",
                    "Consent",
                    "DetectedIssue",
                    "Device",
                    "EpisodeOfCare",
                    "ExplanationOfBenefit",
                    "FamilyMemberHistory",
                    "Immunization",
                    "ImmunizationEvaluation",
                    "ImmunizationRecommendation",
                    "MolecularSequence",
                    "NutritionOrder",
                    "RelatedPerson",
                    "SupplyDelivery",
                    "VisionPrescription" -> "patient.getReferenceKey(Patient)";
            case "Coverage" -> "beneficiary.getReferenceKey(Patient)";
            case "ResearchSubject" -> "individual.getReferenceKey(Patient)";
            case "Task" -> "for.getReferenceKey(Patient)";
            default -> "subject.getReferenceKey(Patient)";
        };
    }

    private static TableColumn position(String name) {
        return new TableColumn(name, "%rowIndex", "integer", false, "", "", Meanings.POSITION);
    }
}
