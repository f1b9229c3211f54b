package allmende.core.view;

import allmende.core.path.Env;
import allmende.core.path.FhirPath;
import allmende.core.path.Item;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A compiled view definition (SQL on FHIR v2, resource {@code ViewDefinition}): turns a resource into rows. Immutable and
 * thread-safe; memory grows with the depth of the view, not with its rows.
 */
public final class View {

    /** The outcome of reading a definition. */
    public sealed interface Read {
        /** It is understood. */
        record Compiled(View view) implements Read {}

        /** It is not; at least one problem. */
        record Refused(List<ViewProblem> problems) implements Read {}
    }

    /** Takes the rows. */
    @FunctionalInterface
    public interface RowSink {

        /**
         * One row: for each column a {@link String}, {@link Boolean}, {@link Long} or {@link java.math.BigDecimal}, a list
         * of them where the column is a collection, or null. The array is used again for the next row.
         */
        void row(@Nullable Object[] cells);
    }

    private final String name;
    private final String resource;
    private final List<Column> columns;
    private final List<FhirPath> conditions;
    private final Plan plan;
    private final Map<String, List<Item>> constants;

    View(
            Heading heading,
            List<Column> columns,
            List<FhirPath> conditions,
            Plan plan,
            Map<String, List<Item>> constants) {
        this.name = heading.name();
        this.resource = heading.resource();
        this.columns = columns;
        this.conditions = conditions;
        this.plan = plan;
        this.constants = constants;
    }

    /** What a view is called, and which type of resources it is about. */
    record Heading(String name, String resource) {}

    /** Reads a definition that a person wrote. Nothing in it is skipped silently. */
    public static Read read(JsonNode definition) {
        return new ViewReader().read(definition);
    }

    /** Its name; empty if it has none. */
    public String name() {
        return name;
    }

    /** The type of the resources that it is about. */
    public String resource() {
        return resource;
    }

    /** Its columns in order. */
    public List<Column> columns() {
        return columns;
    }

    /**
     * The rows of a resource; none if it is of another type or does not meet the view's conditions.
     *
     * @throws ViewFault if the resource does not fit the view
     */
    public void rows(JsonNode json, RowSink sink) {
        if (!json.path("resourceType").stringValue("").equals(resource)) {
            return;
        }
        Item focus = Item.Element.of(json);
        Env env = new Env(focus, constants, 0);
        for (FhirPath condition : conditions) {
            if (!holds(condition, focus, env)) {
                return;
            }
        }
        @Nullable Object[] row = new @Nullable Object[columns.size()];
        plan.run(focus, env, row, () -> sink.row(row));
    }

    private static boolean holds(FhirPath condition, Item focus, Env env) {
        List<Item> found = Plan.found(condition, focus, env);
        if (found.isEmpty()) {
            return false;
        }
        if (found.size() == 1 && found.getFirst().value() instanceof Item.Truth(boolean truth)) {
            return truth;
        }
        throw new ViewFault("The condition \"" + condition.text() + "\"", "it is neither true nor false");
    }
}
