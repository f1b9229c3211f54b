package allmende.engine.statistics;

import allmende.core.fhir.Coding;
import allmende.core.terminology.Hierarchy;
import allmende.core.terminology.Terminology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which concepts of a code system stand above those that occur: each that occurs itself, and each with one that occurs
 * below it.
 */
final class Nodes {

    /** Lengths of the codes of ATC's levels. */
    private static final List<Integer> ATC_LENGTHS = List.of(1, 3, 4, 5, 7);

    private final Map<String, List<Coding>> above = new HashMap<>();

    /**
     * @param system canonical URI
     * @param codes those that occur
     */
    Nodes(Terminology terminology, String system, List<String> codes) {
        Hierarchy hierarchy = terminology.hierarchy(system).orElse(null);
        Map<Integer, String> positions = new TreeMap<>();
        for (String code : codes) {
            OptionalInt position = hierarchy == null ? OptionalInt.empty() : hierarchy.position(code);
            position.ifPresent(known -> positions.put(known, code));
            if (position.isEmpty()) {
                add(code, new Coding(system, code));
            }
        }
        if (hierarchy != null && hierarchy.size() > 0) {
            listed(hierarchy, system, positions);
        } else {
            positions.values().forEach(code -> atc(system, code));
        }
    }

    private void listed(Hierarchy hierarchy, String system, Map<Integer, String> positions) {
        NavigableSet<Integer> occurring = new TreeSet<>(positions.keySet());
        for (int position = 0; position < hierarchy.size(); position++) {
            Coding node = null;
            for (Hierarchy.Interval interval : hierarchy.subtree(position)) {
                for (int below : occurring.subSet(interval.low(), true, interval.high(), true)) {
                    node = node == null ? new Coding(system, hierarchy.code(position)) : node;
                    add(java.util.Objects.requireNonNull(positions.get(below)), node);
                }
            }
        }
    }

    private void atc(String system, String code) {
        for (int length : ATC_LENGTHS) {
            if (length <= code.length()) {
                add(code, new Coding(system, code.substring(0, length)));
            }
        }
    }

    private void add(String code, Coding node) {
        above.computeIfAbsent(code, _ -> new ArrayList<>()).add(node);
    }

    /** The concept of this code and all above it. */
    List<Coding> above(String code) {
        return above.getOrDefault(code, List.of());
    }
}
