package allmende.core.path;

import java.util.List;

/**
 * What an expression is evaluated over.
 *
 * @param self {@code $this}: one item, or the whole collection at the outermost
 * @param index {@code $index}
 * @param total {@code $total}
 */
record Scope(List<Item> self, int index, List<Item> total, Env env) {

    /** The same environment with one item in focus. */
    Scope at(Item item, int place) {
        return new Scope(List.of(item), place, total, env);
    }
}
