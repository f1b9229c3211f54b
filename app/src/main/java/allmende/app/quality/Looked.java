package allmende.app.quality;

import allmende.engine.store.ChangePage.Change;
import java.util.List;

/**
 * A resource that was looked at, and what was found.
 *
 * @param notChecked codes that could not be checked
 * @param digest of its content without what changes by copying; 0 where duplicates are not looked for
 * @param waiting references to nothing, as {@code Type/id}
 */
record Looked(
        Change change,
        String module,
        String source,
        List<Found> found,
        int notChecked,
        long digest,
        List<String> waiting) {

    Looked {
        found = List.copyOf(found);
        waiting = List.copyOf(waiting);
    }

    long errors() {
        return found.stream().filter(one -> one.severity().equals("error")).count();
    }
}
