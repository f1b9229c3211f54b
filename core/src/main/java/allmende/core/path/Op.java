package allmende.core.path;

import java.util.List;

/** A compiled expression: finds a collection. Reads the scope only; never keeps or changes it. */
@FunctionalInterface
interface Op {

    /**
     * What the expression finds, in order.
     *
     * @throws PathFault if it has no meaning for the data
     */
    List<Item> run(Scope scope);
}
