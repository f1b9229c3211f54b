package allmende.app.quality;

import allmende.engine.store.ChangePage.Change;
import java.util.List;
import java.util.Set;

/**
 * A resource that was looked at, and what was found.
 *
 * @param notChecked codes that could not be checked
 * @param traces by which other resources find it
 */
record Looked(Change change, String module, String source, List<Found> found, int notChecked, Traces traces) {

    Looked {
        found = List.copyOf(found);
    }

    /**
     * What is kept of a resource to find it again when something else changes.
     *
     * @param digest of its content without what changes by copying; 0 where duplicates are not looked for
     * @param waiting references to nothing, as {@code Type/id}
     * @param mentions references to what is there and does not belong to its patient, as {@code Type/id}
     * @param units in which it measures
     */
    record Traces(long digest, List<String> waiting, List<String> mentions, Set<Measure> units) {

        static final Traces NONE = new Traces(0, List.of(), List.of(), Set.of());

        Traces {
            waiting = List.copyOf(waiting);
            mentions = List.copyOf(mentions);
            units = Set.copyOf(units);
        }
    }

    /** A LOINC code and the unit, a code of UCUM, that a value of it is told in. */
    record Measure(String code, String unit) {}

    long errors() {
        return found.stream().filter(one -> one.severity().equals("error")).count();
    }
}
