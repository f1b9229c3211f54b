package allmende.core.terminology.operation;

import java.util.Arrays;

/**
 * Who stands above whom, as arrays: the parents of item {@code i} are {@code parents[start(i)]} to
 * {@code parents[parentEnds[i] - 1]}, likewise the children.
 */
record Graph(int[] parentEnds, int[] parents, int[] childEnds, int[] children) {

    /** @param edgeParents per edge, the parent; negative for one that is not there and is passed over */
    static Graph of(int size, int[] edgeChildren, int[] edgeParents) {
        int[] parentEnds = new int[size];
        int[] parents = grouped(edgeChildren, edgeParents, parentEnds);
        int[] childEnds = new int[size];
        int[] children = grouped(edgeParents, edgeChildren, childEnds);
        return new Graph(parentEnds, parents, childEnds, children);
    }

    int size() {
        return parentEnds.length;
    }

    static int start(int[] ends, int item) {
        return item == 0 ? 0 : ends[item - 1];
    }

    /** An item that stands above itself; -1 if there is none. */
    int onCycle() {
        int[] open = new int[size()];
        int[] free = new int[size()];
        int count = 0;
        for (int i = 0; i < open.length; i++) {
            open[i] = parentEnds[i] - start(parentEnds, i);
            if (open[i] == 0) {
                free[count++] = i;
            }
        }
        for (int next = 0; next < count; next++) {
            for (int at = start(childEnds, free[next]); at < childEnds[free[next]]; at++) {
                if (--open[children[at]] == 0) {
                    free[count++] = children[at];
                }
            }
        }
        return count == open.length ? -1 : climbed(open);
    }

    /** Items in pre-order: an item, then the branch of each child that has it as its first parent. */
    int[] preOrder() {
        int[] order = new int[size()];
        int[] path = new int[size() + 1];
        int[] next = new int[size()];
        int done = 0;
        for (int root = 0; root < size(); root++) {
            if (parentEnds[root] > start(parentEnds, root)) {
                continue;
            }
            int depth = 0;
            path[0] = root;
            next[root] = start(childEnds, root);
            order[done++] = root;
            while (depth >= 0) {
                int top = path[depth];
                if (next[top] == childEnds[top]) {
                    depth--;
                    continue;
                }
                int child = children[next[top]++];
                if (parents[start(parentEnds, child)] == top) {
                    path[++depth] = child;
                    next[child] = start(childEnds, child);
                    order[done++] = child;
                }
            }
        }
        return order;
    }

    /** Climbing from an item that is left to parents that are left must come round to one of the cycle. */
    private int climbed(int[] open) {
        int at = 0;
        while (open[at] == 0) {
            at++;
        }
        boolean[] seen = new boolean[open.length];
        while (!seen[at]) {
            seen[at] = true;
            int up = start(parentEnds, at);
            while (open[parents[up]] == 0) {
                up++;
            }
            at = parents[up];
        }
        return at;
    }

    /** Values by key, each once per key, in the order of the edges; fills {@code ends}. */
    private static int[] grouped(int[] edgeKeys, int[] edgeValues, int[] ends) {
        int[] counts = new int[ends.length];
        for (int i = 0; i < edgeKeys.length; i++) {
            if (edgeKeys[i] >= 0 && edgeValues[i] >= 0) {
                counts[edgeKeys[i]]++;
            }
        }
        int[] at = new int[ends.length];
        for (int i = 1; i < ends.length; i++) {
            at[i] = at[i - 1] + counts[i - 1];
        }
        int[] all = new int[ends.length == 0 ? 0 : at[ends.length - 1] + counts[ends.length - 1]];
        int[] firsts = at.clone();
        for (int i = 0; i < edgeKeys.length; i++) {
            if (edgeKeys[i] >= 0 && edgeValues[i] >= 0) {
                all[at[edgeKeys[i]]++] = edgeValues[i];
            }
        }
        int size = 0;
        for (int item = 0; item < ends.length; item++) {
            int begin = size;
            for (int i = firsts[item]; i < at[item]; i++) {
                if (!contains(all, begin, size, all[i])) {
                    all[size++] = all[i];
                }
            }
            ends[item] = size;
        }
        return Arrays.copyOf(all, size);
    }

    private static boolean contains(int[] all, int from, int to, int value) {
        for (int i = from; i < to; i++) {
            if (all[i] == value) {
                return true;
            }
        }
        return false;
    }
}
