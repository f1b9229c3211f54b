package allmende.core.view;

import allmende.core.path.Env;
import allmende.core.path.FhirPath;
import allmende.core.path.Item;
import allmende.core.path.PathFault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A part of a view, compiled: fills its cells of the row and lets the rest of the view go on, once for each of its own rows.
 * Parts beside each other thus give all combinations of their rows, without a row being kept.
 */
@FunctionalInterface
interface Plan {

    /** What is to be done with each of the part's rows. */
    @FunctionalInterface
    interface Next {
        void go();
    }

    void run(Item focus, Env env, @Nullable Object[] row, Next next);

    /** All of these beside each other: the combinations of their rows. Of none it is one row that fills nothing. */
    static Plan all(List<Plan> parts) {
        Plan all = parts.isEmpty() ? (focus, env, row, next) -> next.go() : parts.getLast();
        for (int i = parts.size() - 2; i >= 0; i--) {
            all = parts.get(i).and(all);
        }
        return all;
    }

    private Plan and(Plan rest) {
        return (focus, env, row, next) -> run(focus, env, row, () -> rest.run(focus, env, row, next));
    }

    /** The rows of one, then those of the next. */
    static Plan union(List<Plan> branches) {
        return (focus, env, row, next) -> branches.forEach(branch -> branch.run(focus, env, row, next));
    }

    /** A row for each element that the path finds. */
    static Plan forEach(FhirPath path, Plan inner) {
        return (focus, env, row, next) -> each(found(path, focus, env), inner, env, row, next);
    }

    /** A row for each element that the path finds; one without values if there is none. */
    static Plan forEachOrNull(FhirPath path, Plan inner) {
        Item nothing = Item.Element.of(JsonNodeFactory.instance.objectNode());
        return (focus, env, row, next) -> {
            List<Item> found = found(path, focus, env);
            each(found.isEmpty() ? List.of(nothing) : found, inner, env, row, next);
        };
    }

    /** A row for each element that the paths find, and for what they find in that, and so on, parents before children. */
    static Plan repeat(List<FhirPath> paths, Plan inner) {
        return (focus, env, row, next) -> {
            List<Item> found = new ArrayList<>();
            descend(paths, focus, env, found);
            each(found, inner, env, row, next);
        };
    }

    private static void descend(List<FhirPath> paths, Item focus, Env env, List<Item> found) {
        for (FhirPath path : paths) {
            for (Item item : found(path, focus, env)) {
                found.add(item);
                descend(paths, item, env, found);
            }
        }
    }

    private static void each(List<Item> items, Plan inner, Env env, @Nullable Object[] row, Next next) {
        for (int i = 0; i < items.size(); i++) {
            inner.run(items.get(i), env.atRow(i), row, next);
        }
    }

    /** Fills one cell. */
    static Plan cell(int place, Column column, FhirPath path) {
        return (Item focus, Env env, @Nullable Object[] row, Next next) -> {
            List<Item> found = found(path, focus, env);
            row[place] = column.collection() ? Cells.all(found, column) : Cells.one(found, column);
            next.go();
        };
    }

    /** What a path finds; a fault names the path. */
    static List<Item> found(FhirPath path, Item focus, Env env) {
        try {
            return path.evaluate(focus, env);
        } catch (PathFault fault) {
            throw new ViewFault("The path \"" + path.text() + "\"", fault.reason());
        }
    }
}
