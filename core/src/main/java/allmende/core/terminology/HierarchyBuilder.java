package allmende.core.terminology;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Numbers listed concepts; see {@link Hierarchy#of}. */
final class HierarchyBuilder {

    private final List<Hierarchy.Concept> concepts;

    /** Indexes into {@link #concepts}, by index. */
    private final List<List<Integer>> parents = new ArrayList<>();

    private final List<List<Integer>> children = new ArrayList<>();

    private final int[] position;
    private final int[] last;
    private final int[] order;
    private int next;

    private HierarchyBuilder(List<Hierarchy.Concept> concepts) {
        this.concepts = concepts;
        position = new int[concepts.size()];
        last = new int[concepts.size()];
        order = new int[concepts.size()];
        link();
    }

    static Hierarchy.Built build(List<Hierarchy.Concept> listed) {
        HierarchyBuilder builder = new HierarchyBuilder(merged(listed));
        Integer looping = builder.concepts.isEmpty() ? null : builder.firstInCycle();
        if (looping != null) {
            return new Hierarchy.Built.Cycle(builder.concepts.get(looping).code());
        }
        builder.number();
        return new Hierarchy.Built.Whole(builder.hierarchy());
    }

    private static List<Hierarchy.Concept> merged(List<Hierarchy.Concept> listed) {
        Map<String, Hierarchy.Concept> byCode = new LinkedHashMap<>(listed.size() * 2);
        for (Hierarchy.Concept concept : listed) {
            byCode.merge(concept.code(), concept, HierarchyBuilder::merge);
        }
        return List.copyOf(byCode.values());
    }

    private static Hierarchy.Concept merge(Hierarchy.Concept one, Hierarchy.Concept other) {
        Set<String> parents = new LinkedHashSet<>(one.parents());
        parents.addAll(other.parents());
        String display = one.display().isEmpty() ? other.display() : one.display();
        return new Hierarchy.Concept(one.code(), display, List.copyOf(parents));
    }

    private void link() {
        Map<String, Integer> byCode = new HashMap<>(concepts.size() * 2);
        for (int i = 0; i < concepts.size(); i++) {
            byCode.put(concepts.get(i).code(), i);
            parents.add(new ArrayList<>(1));
            children.add(new ArrayList<>(0));
        }
        for (int i = 0; i < concepts.size(); i++) {
            for (String code : new LinkedHashSet<>(concepts.get(i).parents())) {
                Integer parent = byCode.get(code);
                if (parent != null) {
                    parents.get(i).add(parent);
                    children.get(parent).add(i);
                }
            }
        }
    }

    /** Takes away concepts without parents over and over; what is left lies on a cycle or below one. */
    private @Nullable Integer firstInCycle() {
        int[] open = new int[concepts.size()];
        Deque<Integer> free = new ArrayDeque<>();
        for (int i = 0; i < open.length; i++) {
            open[i] = parents.get(i).size();
            if (open[i] == 0) {
                free.add(i);
            }
        }
        int removed = 0;
        while (!free.isEmpty()) {
            removed++;
            for (int child : children.get(free.remove())) {
                if (--open[child] == 0) {
                    free.add(child);
                }
            }
        }
        return removed == open.length ? null : onCycle(open);
    }

    /** Climbing from a concept that is left to parents that are left must come round to a concept of the cycle. */
    private int onCycle(int[] open) {
        int at = 0;
        while (open[at] == 0) {
            at++;
        }
        boolean[] seen = new boolean[open.length];
        while (!seen[at]) {
            seen[at] = true;
            at = parents.get(at).stream()
                    .filter(parent -> open[parent] > 0)
                    .findFirst()
                    .orElse(at);
        }
        return at;
    }

    private void number() {
        for (int i = 0; i < concepts.size(); i++) {
            if (parents.get(i).isEmpty()) {
                numberBranch(i);
            }
        }
    }

    /** Pre-order without recursion, since a source may nest as deep as it likes. */
    private void numberBranch(int root) {
        Deque<int[]> path = new ArrayDeque<>();
        enter(root, path);
        while (!path.isEmpty()) {
            int[] top = path.getLast();
            List<Integer> below = children.get(top[0]);
            if (top[1] == below.size()) {
                last[position[top[0]]] = next - 1;
                path.removeLast();
            } else {
                int child = below.get(top[1]++);
                if (parents.get(child).getFirst() == top[0]) {
                    enter(child, path);
                }
            }
        }
    }

    private void enter(int concept, Deque<int[]> path) {
        position[concept] = next;
        order[next] = concept;
        next++;
        path.addLast(new int[] {concept, 0});
    }

    private ListedHierarchy hierarchy() {
        StringTable codes = new StringTable(concepts.size());
        List<String> displays = new ArrayList<>(concepts.size());
        for (int concept : order) {
            codes.add(concepts.get(concept).code());
            displays.add(concepts.get(concept).display());
        }
        long[] edges = extraEdges();
        int[] extraParents =
                Arrays.stream(edges).mapToInt(edge -> (int) (edge >>> 32)).toArray();
        int[] extraChildren = Arrays.stream(edges).mapToInt(edge -> (int) edge).toArray();
        return new ListedHierarchy(codes, TextList.of(displays), last, extraParents, extraChildren);
    }

    private long[] extraEdges() {
        List<Long> edges = new ArrayList<>();
        for (int i = 0; i < concepts.size(); i++) {
            List<Integer> above = parents.get(i);
            for (int parent : above.subList(Math.min(1, above.size()), above.size())) {
                edges.add((long) position[parent] << 32 | position[i]);
            }
        }
        return edges.stream().mapToLong(Long::longValue).sorted().toArray();
    }
}
