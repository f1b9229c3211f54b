package allmende.core.terminology.operation;

import allmende.core.terminology.operation.Expander.Entry;
import java.util.List;

/** The outcome of expanding a value set; see {@link Expander}. */
public sealed interface Expansion {

    /**
     * Its codes, or a page of them.
     *
     * @param total how many there are over all pages
     * @param entries those of this page; nested where a hierarchy was asked for
     * @param used canonical references of the code systems that took part
     */
    record Expanded(int total, List<Entry> entries, List<String> used) implements Expansion {
        public Expanded {
            entries = List.copyOf(entries);
            used = List.copyOf(used);
        }
    }

    /** It can't be expanded here; the first gap says why. */
    record NotHere(Gap gap) implements Expansion {}
}
