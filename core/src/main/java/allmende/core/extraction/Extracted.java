package allmende.core.extraction;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * A resource as it is handed out: reduced to the fields that were asked for, and de-identified where that was asked for.
 *
 * @param resource the resource; whoever holds this may change it
 * @param groups ids of the attribute groups that it was extracted for, at least one
 */
public record Extracted(ObjectNode resource, SortedSet<String> groups) {
    public Extracted {
        groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
    }
}
