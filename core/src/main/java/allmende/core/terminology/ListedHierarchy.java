package allmende.core.terminology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32;

/**
 * A hierarchy from a list, numbered in pre-order of a spanning tree.
 *
 * @see HierarchyBuilder
 */
final class ListedHierarchy implements Hierarchy {

    private final StringTable codes;
    private final TextList displays;

    /** Per position, the last position of its branch of the spanning tree. */
    private final int[] last;

    /** Edges outside of the spanning tree, sorted by parent: the parents, and the child of each. */
    private final int[] extraParents;

    private final int[] extraChildren;

    ListedHierarchy(StringTable codes, TextList displays, int[] last, int[] extraParents, int[] extraChildren) {
        this.codes = codes;
        this.displays = displays;
        this.last = last;
        this.extraParents = extraParents;
        this.extraChildren = extraChildren;
    }

    @Override
    public OptionalInt position(String code) {
        int position = codes.find(code);
        return position < 0 ? OptionalInt.empty() : OptionalInt.of(position);
    }

    @Override
    public List<Interval> subtree(int position) {
        Interval branch = new Interval(position, last[position]);
        if (!hasExtraChild(branch)) {
            return List.of(branch);
        }
        BitSet covered = new BitSet(last.length);
        List<Interval> waiting = new ArrayList<>(List.of(branch));
        while (!waiting.isEmpty()) {
            Interval next = waiting.removeLast();
            // branches are nested or apart: one whose top is covered is covered as a whole
            if (!covered.get(next.low())) {
                covered.set(next.low(), next.high() + 1);
                addExtraChildren(next, waiting);
            }
        }
        return intervals(covered);
    }

    @Override
    public Optional<String> display(String code) {
        int position = codes.find(code);
        return position < 0 ? Optional.empty() : displays.get(position);
    }

    @Override
    public long fingerprint() {
        CRC32 checksum = new CRC32();
        checksum.update(codes.bytes());
        for (int[] numbers : new int[][] {codes.ends(), last, extraParents, extraChildren}) {
            checksum.update(CodeSystemBytes.toBytes(numbers));
        }
        return checksum.getValue();
    }

    @Override
    public int size() {
        return codes.size();
    }

    @Override
    public String code(int position) {
        return codes.get(position);
    }

    StringTable codes() {
        return codes;
    }

    TextList displays() {
        return displays;
    }

    int[] last() {
        return last;
    }

    int[] extraParents() {
        return extraParents;
    }

    int[] extraChildren() {
        return extraChildren;
    }

    private boolean hasExtraChild(Interval branch) {
        int at = firstEdge(branch.low());
        return at < extraParents.length && extraParents[at] <= branch.high();
    }

    private void addExtraChildren(Interval branch, List<Interval> waiting) {
        for (int at = firstEdge(branch.low()); at < extraParents.length && extraParents[at] <= branch.high(); at++) {
            int child = extraChildren[at];
            waiting.add(new Interval(child, last[child]));
        }
    }

    /** Index of the first extra edge whose parent is at this position or after it. */
    private int firstEdge(int parent) {
        int at = Arrays.binarySearch(extraParents, parent);
        if (at < 0) {
            return -at - 1;
        }
        while (at > 0 && extraParents[at - 1] == parent) {
            at--;
        }
        return at;
    }

    private static List<Interval> intervals(BitSet covered) {
        List<Interval> intervals = new ArrayList<>();
        for (int low = covered.nextSetBit(0); low >= 0; low = covered.nextSetBit(low)) {
            int end = covered.nextClearBit(low);
            intervals.add(new Interval(low, end - 1));
            low = end;
        }
        return intervals;
    }
}
