package allmende.core.extraction;

import java.util.Arrays;

/**
 * Who lives when resources depend on each other. A node is a resource as a member of one group. It dies if a link that must
 * lead somewhere leads to nobody who lives, and if it is wanted only as the target of references and nobody who lives refers
 * to it; whoever keeps itself alive in a circle dies as well. Linear in nodes and links. For one use, by one thread.
 */
public final class LinkGraph {

    /** What becomes of a node. */
    public enum Fate {
        /** It is handed out. */
        LIVES,
        /** A link that must lead somewhere leads to nobody who lives. */
        LINK_LOST,
        /** There were references to it, but none from somebody who lives. */
        PARENTS_LOST,
        /** Nothing ever referred to it. */
        NOT_REFERRED_TO
    }

    private static final int NONE = -1;
    private static final int FIRST_SIZE = 16;

    private int nodes;
    private boolean[] direct = new boolean[FIRST_SIZE];
    private int[] firstUp = none(FIRST_SIZE);
    private int[] firstDown = none(FIRST_SIZE);

    private int slots;
    private int[] slotNode = new int[FIRST_SIZE];
    private int[] slotLiving = new int[FIRST_SIZE];

    private int links;
    private int[] parent = new int[FIRST_SIZE];
    private int[] child = new int[FIRST_SIZE];
    private int[] slot = new int[FIRST_SIZE];
    private int[] nextUp = new int[FIRST_SIZE];
    private int[] nextDown = new int[FIRST_SIZE];

    /**
     * Adds a node.
     *
     * @param wanted whether it is wanted on its own
     * @return its number, from 0
     */
    public int add(boolean wanted) {
        if (nodes == direct.length) {
            direct = Arrays.copyOf(direct, nodes * 2);
            firstUp = longer(firstUp);
            firstDown = longer(firstDown);
        }
        direct[nodes] = wanted;
        return nodes++;
    }

    /**
     * Says that a node has a field by which it must refer to somebody who lives.
     *
     * @return the field, for {@link #link}
     */
    public int must(int node) {
        if (slots == slotNode.length) {
            slotNode = Arrays.copyOf(slotNode, slots * 2);
            slotLiving = Arrays.copyOf(slotLiving, slots * 2);
        }
        slotNode[slots] = node;
        return slots++;
    }

    /**
     * Says that a node refers to another.
     *
     * @param must the field from {@link #must}, or -1 where the link may be lost
     */
    public void link(int from, int to, int must) {
        if (links == parent.length) {
            int size = links * 2;
            parent = Arrays.copyOf(parent, size);
            child = Arrays.copyOf(child, size);
            slot = Arrays.copyOf(slot, size);
            nextUp = Arrays.copyOf(nextUp, size);
            nextDown = Arrays.copyOf(nextDown, size);
        }
        parent[links] = from;
        child[links] = to;
        slot[links] = must;
        nextUp[links] = firstUp[to];
        firstUp[to] = links;
        nextDown[links] = firstDown[from];
        firstDown[from] = links;
        if (must >= 0) {
            slotLiving[must]++;
        }
        links++;
    }

    /** Decides, once everything is told. */
    public Fate[] solve() {
        Fate[] fates = new Fate[nodes];
        Arrays.fill(fates, Fate.LIVES);
        loseLinks(fates);
        boolean[] reached = reach(fates);
        for (int node = 0; node < nodes; node++) {
            if (fates[node] == Fate.LIVES && !reached[node]) {
                fates[node] = firstUp[node] == NONE ? Fate.NOT_REFERRED_TO : Fate.PARENTS_LOST;
            }
        }
        return fates;
    }

    /** From each that dies, up to those that had to refer to it. */
    private void loseLinks(Fate[] fates) {
        int[] queue = new int[nodes];
        int end = 0;
        for (int each = 0; each < slots; each++) {
            if (slotLiving[each] == 0 && fates[slotNode[each]] == Fate.LIVES) {
                fates[slotNode[each]] = Fate.LINK_LOST;
                queue[end++] = slotNode[each];
            }
        }
        for (int begin = 0; begin < end; begin++) {
            for (int link = firstUp[queue[begin]]; link != NONE; link = nextUp[link]) {
                int must = slot[link];
                if (must >= 0 && --slotLiving[must] == 0 && fates[parent[link]] == Fate.LIVES) {
                    fates[parent[link]] = Fate.LINK_LOST;
                    queue[end++] = parent[link];
                }
            }
        }
    }

    /**
     * From those wanted on their own down. Who is not reached has no parent that is reached, so nobody who is reached loses
     * a link by it.
     */
    private boolean[] reach(Fate[] fates) {
        boolean[] reached = new boolean[nodes];
        int[] queue = new int[nodes];
        int end = 0;
        for (int node = 0; node < nodes; node++) {
            if (direct[node] && fates[node] == Fate.LIVES) {
                reached[node] = true;
                queue[end++] = node;
            }
        }
        for (int begin = 0; begin < end; begin++) {
            for (int link = firstDown[queue[begin]]; link != NONE; link = nextDown[link]) {
                int to = child[link];
                if (!reached[to] && fates[to] == Fate.LIVES) {
                    reached[to] = true;
                    queue[end++] = to;
                }
            }
        }
        return reached;
    }

    private static int[] none(int size) {
        int[] array = new int[size];
        Arrays.fill(array, NONE);
        return array;
    }

    private static int[] longer(int[] array) {
        int[] longer = Arrays.copyOf(array, array.length * 2);
        Arrays.fill(longer, array.length, longer.length, NONE);
        return longer;
    }
}
