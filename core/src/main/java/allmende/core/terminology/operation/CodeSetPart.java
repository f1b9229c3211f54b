package allmende.core.terminology.operation;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The members of a {@link CodeSet} that are of one code system in one version. Concepts of a table that is here are numbers,
 * in the order in which they were added; other codes are texts.
 */
final class CodeSetPart {

    private final String system;
    private final String version;
    private final @Nullable ConceptTable table;
    private final BitSet has = new BitSet();
    private final Map<Integer, String> ownDisplays = new HashMap<>();
    private final Map<String, String> listed = new LinkedHashMap<>();
    private final Set<String> removed = new HashSet<>();
    private IntLog order = new IntLog();
    private boolean whole;

    CodeSetPart(String system, String version, @Nullable ConceptTable table) {
        this.system = system;
        this.version = version;
        this.table = table;
    }

    String system() {
        return system;
    }

    String version() {
        return version;
    }

    @Nullable
    ConceptTable table() {
        return table;
    }

    /** Every code of a system that is not here, less {@link #removed}. */
    boolean whole() {
        return whole;
    }

    void makeWhole() {
        whole = true;
    }

    Set<String> removed() {
        return removed;
    }

    /** Concepts of the table, in order. */
    IntLog order() {
        return order;
    }

    /** Codes that the table lacks or for which there is none, with the texts given for them. */
    Map<String, String> listed() {
        return listed;
    }

    boolean has(int concept) {
        return has.get(concept);
    }

    /** A text given by the value set for a concept of the table; null where there is none. */
    @Nullable
    String ownDisplay(int concept) {
        return ownDisplays.get(concept);
    }

    void add(int concept) {
        if (!has.get(concept)) {
            has.set(concept);
            order.add(concept);
        }
    }

    void addAll(BitSet concepts) {
        concepts.stream().forEach(this::add);
    }

    void add(String code, String display) {
        int concept = table == null ? -1 : table.find(code);
        if (concept < 0) {
            listed.putIfAbsent(code, display);
            return;
        }
        add(concept);
        if (!display.isEmpty()) {
            ownDisplays.putIfAbsent(concept, display);
        }
    }

    void addAll(CodeSetPart other) {
        if (other.table == table) {
            for (int i = 0; i < other.order.size(); i++) {
                add(other.order.get(i));
            }
            other.ownDisplays.forEach(ownDisplays::putIfAbsent);
        }
        other.listed.forEach(listed::putIfAbsent);
        if (other.whole) {
            if (whole) {
                removed.retainAll(other.removed);
            } else {
                removed.addAll(other.removed);
                whole = true;
            }
        }
    }

    boolean contains(String code) {
        if (listed.containsKey(code) || (whole && !removed.contains(code))) {
            return true;
        }
        int concept = table == null ? -1 : table.find(code);
        return concept >= 0 && has.get(concept);
    }

    /** Codes that can be listed. */
    int size() {
        return order.size() + listed.size();
    }

    /** Keeps the members that the test accepts. */
    void keep(Predicate<String> codes) {
        ConceptTable concepts = table;
        if (concepts != null) {
            keepConcepts(concept -> codes.test(concepts.code(concept)));
        }
        listed.keySet().removeIf(code -> !codes.test(code));
    }

    void keepConcepts(IntPredicate kept) {
        IntLog left = new IntLog();
        for (int i = 0; i < order.size(); i++) {
            int concept = order.get(i);
            if (kept.test(concept)) {
                left.add(concept);
            } else {
                has.clear(concept);
            }
        }
        order = left;
    }
}
