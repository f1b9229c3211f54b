package allmende.core.view;

import allmende.core.path.FhirPath;
import allmende.core.path.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads and checks a view definition and compiles it. Collects all problems, so that one look mends them. */
final class ViewReader {

    /** Names that databases take unquoted (SQL on FHIR v2, ViewDefinition, constraint sql-name). */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z]+");
    private static final Set<String> COMMON = Set.of("id", "extension", "modifierExtension");
    private static final Set<String> SELECT =
            Set.of("column", "select", "forEach", "forEachOrNull", "repeat", "unionAll");
    private static final Set<String> COLUMN = Set.of("path", "name", "description", "collection", "type", "tag");
    private static final Set<String> WHERE = Set.of("path", "description");

    /** Selections may nest this deep. */
    private static final int MAX_DEPTH = 30;

    private final List<ViewProblem> problems = new ArrayList<>();
    private final Map<String, List<Item>> constants = new HashMap<>();
    private final Set<String> variables = new HashSet<>(Set.of(FhirPath.ROW_INDEX));

    View.Read read(JsonNode definition) {
        if (!definition.isObject()) {
            return new View.Read.Refused(List.of(new ViewProblem("", "a view definition is a JSON object")));
        }
        String type = definition.path("resourceType").stringValue("ViewDefinition");
        if (!type.equals("ViewDefinition") && !type.endsWith("/ViewDefinition")) {
            problem("/resourceType", "this is a " + type + ", not a ViewDefinition");
        }
        String resource = definition.path("resource").stringValue("");
        if (!TYPE.matcher(resource).matches()) {
            problem("/resource", "it must name the type of resources that the view is about, such as Patient");
        }
        name(definition);
        constants(definition);
        List<FhirPath> conditions = conditions(definition);
        Part whole = selections(definition, "", 0, 0);
        unique(whole.columns);
        if (!problems.isEmpty()) {
            return new View.Read.Refused(List.copyOf(problems));
        }
        View.Heading heading = new View.Heading(definition.path("name").stringValue(""), resource);
        return new View.Read.Compiled(new View(
                heading, List.copyOf(whole.columns), conditions, Plan.all(whole.plans), Map.copyOf(constants)));
    }

    private void name(JsonNode definition) {
        JsonNode name = definition.path("name");
        if (!name.isMissingNode() && !NAME.matcher(name.stringValue("")).matches()) {
            problem("/name", "it must begin with a letter and have letters, digits and underscores only");
        }
    }

    private void constants(JsonNode definition) {
        int at = 0;
        for (JsonNode constant : list(definition, "constant", "")) {
            String pointer = "/constant/" + at++;
            String name = constant.path("name").stringValue("");
            if (!NAME.matcher(name).matches()) {
                problem(pointer + "/name", "it must begin with a letter and have letters, digits and underscores only");
            } else if (!variables.add(name)) {
                problem(pointer + "/name", "the constant " + name + " is defined twice");
            }
            Constants.value(constant)
                    .ifPresentOrElse(
                            item -> constants.put(name, List.of(item)),
                            () -> problem(pointer, "it must have one value, such as valueString"));
        }
    }

    private List<FhirPath> conditions(JsonNode definition) {
        List<FhirPath> conditions = new ArrayList<>();
        int at = 0;
        for (JsonNode where : list(definition, "where", "")) {
            String pointer = "/where/" + at++;
            known(where, WHERE, pointer);
            FhirPath path = path(where.path("path"), pointer + "/path");
            if (path != null) {
                conditions.add(path);
            }
        }
        return conditions;
    }

    /** Compiled parts beside each other, with their columns in order. */
    private static final class Part {
        private final List<Plan> plans = new ArrayList<>();
        private final List<Column> columns = new ArrayList<>();
    }

    private Part selections(JsonNode owner, String pointer, int offset, int depth) {
        Part part = new Part();
        List<JsonNode> selects = list(owner, "select", pointer);
        if (selects.isEmpty()) {
            problem(pointer + "/select", "there must be at least one selection");
        }
        for (int i = 0; i < selects.size(); i++) {
            append(part, selection(selects.get(i), pointer + "/select/" + i, offset + part.columns.size(), depth + 1));
        }
        return part;
    }

    private static void append(Part part, Part more) {
        part.plans.addAll(more.plans);
        part.columns.addAll(more.columns);
    }

    private Part selection(JsonNode select, String pointer, int offset, int depth) {
        Part part = new Part();
        if (!select.isObject() || depth > MAX_DEPTH) {
            problem(pointer, depth > MAX_DEPTH ? "selections are nested too deep" : "a selection is an object");
            return part;
        }
        known(select, SELECT, pointer);
        columns(select, pointer, offset, part);
        if (select.has("select")) {
            append(part, selections(select, pointer, offset + part.columns.size(), depth));
        }
        if (select.has("unionAll")) {
            append(part, union(select, pointer, offset + part.columns.size(), depth));
        }
        if (part.columns.isEmpty()) {
            problem(pointer, "a selection must have columns, of its own or in selections within it");
        }
        return iterated(select, pointer, part);
    }

    private Part iterated(JsonNode select, String pointer, Part part) {
        List<String> ways = List.of("forEach", "forEachOrNull", "repeat").stream()
                .filter(select::has)
                .toList();
        if (ways.isEmpty()) {
            return part;
        }
        if (ways.size() > 1) {
            problem(pointer, "only one of " + String.join(", ", ways) + " may be there");
        }
        Plan inner = Plan.all(List.copyOf(part.plans));
        Part outer = new Part();
        outer.columns.addAll(part.columns);
        String way = ways.getFirst();
        Plan plan = way.equals("repeat")
                ? repeated(select, pointer, inner)
                : iterated(path(select.path(way), pointer + "/" + way), way.equals("forEachOrNull"), inner);
        outer.plans.add(plan);
        return outer;
    }

    private static Plan iterated(@Nullable FhirPath path, boolean orNull, Plan inner) {
        if (path == null) {
            return inner;
        }
        return orNull ? Plan.forEachOrNull(path, inner) : Plan.forEach(path, inner);
    }

    private Plan repeated(JsonNode select, String pointer, Plan inner) {
        List<FhirPath> paths = new ArrayList<>();
        List<JsonNode> written = list(select, "repeat", pointer);
        if (written.isEmpty()) {
            problem(pointer + "/repeat", "it must have at least one path");
        }
        for (int i = 0; i < written.size(); i++) {
            FhirPath path = path(written.get(i), pointer + "/repeat/" + i);
            if (path != null) {
                paths.add(path);
            }
        }
        return Plan.repeat(List.copyOf(paths), inner);
    }

    private void columns(JsonNode select, String pointer, int offset, Part part) {
        int at = 0;
        for (JsonNode json : list(select, "column", pointer)) {
            String place = pointer + "/column/" + at++;
            known(json, COLUMN, place);
            String name = json.path("name").stringValue("");
            if (!NAME.matcher(name).matches()) {
                problem(place + "/name", "it must begin with a letter and have letters, digits and underscores only");
            }
            Column column = new Column(
                    name,
                    type(json),
                    sqlType(json, place),
                    flag(json.path("collection"), place + "/collection"),
                    json.path("description").stringValue(""));
            FhirPath path = path(json.path("path"), place + "/path");
            if (path != null) {
                part.plans.add(Plan.cell(offset + part.columns.size(), column, path));
            }
            part.columns.add(column);
        }
    }

    /** Also given as the type's URL. */
    private static String type(JsonNode column) {
        String type = column.path("type").stringValue("");
        return type.substring(type.lastIndexOf('/') + 1);
    }

    private String sqlType(JsonNode column, String pointer) {
        for (JsonNode tag : list(column, "tag", pointer)) {
            if (tag.path("name").stringValue("").equals("ansi/type")) {
                return tag.path("value").stringValue("");
            }
        }
        return "";
    }

    private boolean flag(JsonNode flag, String pointer) {
        if (!flag.isMissingNode() && !flag.isBoolean()) {
            problem(pointer, "it must be true or false");
        }
        return flag.booleanValue(false);
    }

    private Part union(JsonNode select, String pointer, int offset, int depth) {
        List<Plan> branches = new ArrayList<>();
        Part part = new Part();
        List<JsonNode> written = list(select, "unionAll", pointer);
        for (int i = 0; i < written.size(); i++) {
            String place = pointer + "/unionAll/" + i;
            Part branch = selection(written.get(i), place, offset, depth + 1);
            branches.add(Plan.all(List.copyOf(branch.plans)));
            if (i == 0) {
                part.columns.addAll(branch.columns);
            } else if (!alike(part.columns, branch.columns)) {
                problem(
                        place,
                        "all branches of a union must have the same columns of the same types in the same order");
            }
        }
        if (written.isEmpty()) {
            problem(pointer + "/unionAll", "it must have at least one branch");
        }
        part.plans.add(Plan.union(List.copyOf(branches)));
        return part;
    }

    private static boolean alike(List<Column> left, List<Column> right) {
        return left.stream()
                .map(ViewReader::shape)
                .toList()
                .equals(right.stream().map(ViewReader::shape).toList());
    }

    private static String shape(Column column) {
        return column.name() + " " + column.type() + " " + column.sqlType() + " " + column.collection();
    }

    private void unique(List<Column> columns) {
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!column.name().isEmpty() && !names.add(column.name())) {
                problem("/select", "the column " + column.name() + " is there twice");
            }
        }
    }

    private @Nullable FhirPath path(JsonNode json, String pointer) {
        if (!json.isString()) {
            problem(pointer, "a FHIRPath expression must stand here, as a text");
            return null;
        }
        return switch (FhirPath.read(json.stringValue(), variables)) {
            case FhirPath.Read.Compiled(FhirPath path) -> path;
            case FhirPath.Read.Refused(int position, String reason) -> {
                problem(pointer, "at character " + (position + 1) + ": " + reason);
                yield null;
            }
        };
    }

    private List<JsonNode> list(JsonNode owner, String name, String pointer) {
        JsonNode list = owner.path(name);
        if (list.isMissingNode()) {
            return List.of();
        }
        if (!list.isArray()) {
            problem(pointer + "/" + name, "it must be a list");
            return List.of();
        }
        return List.copyOf(list.values());
    }

    private void known(JsonNode object, Set<String> names, String pointer) {
        for (String name : object.propertyNames()) {
            if (!names.contains(name) && !COMMON.contains(name)) {
                problem(pointer + "/" + name, "this property is not known here");
            }
        }
    }

    private void problem(String pointer, String reason) {
        problems.add(new ViewProblem(pointer, reason));
    }
}
