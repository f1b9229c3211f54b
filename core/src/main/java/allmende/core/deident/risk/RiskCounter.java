package allmende.core.deident.risk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts rows into groups of people who look alike. Rows are not kept, only one entry per group, up to a bound. Not
 * thread-safe.
 */
public final class RiskCounter {

    /** Groups that are told apart unless the caller sets another bound; about 300 bytes each. */
    public static final int MOST_CLASSES = 1_000_000;

    private final RiskColumns columns;
    private final int mostClasses;
    private final Map<List<String>, Group> groups = new HashMap<>();
    private long rows;
    private long uncounted;

    /** People who look alike. */
    static final class Group {
        private long size;
        private final List<Set<String>> values;

        Group(int sensitive) {
            values = new ArrayList<>(sensitive);
            for (int i = 0; i < sensitive; i++) {
                values.add(new HashSet<>(2));
            }
        }

        private void add(List<String> sensitive) {
            size++;
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i).size() < RiskReport.MOST_DIVERSITY) {
                    values.get(i).add(sensitive.get(i));
                }
            }
        }

        boolean reaches(Thresholds thresholds) {
            return size >= thresholds.k() && values.stream().allMatch(set -> set.size() >= thresholds.l());
        }
    }

    /** Counts with the usual bound. */
    public RiskCounter(RiskColumns columns) {
        this(columns, MOST_CLASSES);
    }

    /**
     * Counts with a bound.
     *
     * @param mostClasses groups that are told apart, at least 1
     */
    public RiskCounter(RiskColumns columns, int mostClasses) {
        if (mostClasses < 1) {
            throw new IllegalArgumentException("at least one group is told apart");
        }
        this.columns = columns;
        this.mostClasses = mostClasses;
    }

    /**
     * Counts a row.
     *
     * @throws IllegalArgumentException if it has other columns
     */
    public void add(RiskRow row) {
        if (row.quasiIdentifiers().size() != columns.quasiIdentifiers().size()
                || row.sensitive().size() != columns.sensitive().size()) {
            throw new IllegalArgumentException("a row has a value for each column");
        }
        rows++;
        Group group = groups.get(row.quasiIdentifiers());
        if (group == null) {
            if (groups.size() >= mostClasses) {
                uncounted++;
                return;
            }
            group = new Group(columns.sensitive().size());
            groups.put(row.quasiIdentifiers(), group);
        }
        group.add(row.sensitive());
    }

    /** What the rows so far say. */
    public RiskReport report() {
        SortedMap<String, Long> sizes = new TreeMap<>(Comparator.comparingInt(RiskReport.SIZES::indexOf));
        RiskReport.SIZES.forEach(size -> sizes.put(size, 0L));
        long smallest = uncounted > 0 ? 1 : Long.MAX_VALUE;
        int[] diversity = new int[columns.sensitive().size()];
        Arrays.fill(diversity, uncounted > 0 ? 1 : RiskReport.MOST_DIVERSITY);
        for (Group group : groups.values()) {
            smallest = Math.min(smallest, group.size);
            sizes.merge(sizeName(group.size), group.size, Long::sum);
            for (int i = 0; i < diversity.length; i++) {
                diversity[i] = Math.min(diversity[i], group.values.get(i).size());
            }
        }
        sizes.merge("1", uncounted, Long::sum);
        SortedMap<String, Integer> l = new TreeMap<>();
        for (int i = 0; i < diversity.length; i++) {
            l.put(columns.sensitive().get(i), rows == 0 ? 0 : diversity[i]);
        }
        return new RiskReport(columns, rows, groups.size() + uncounted, rows == 0 ? 0 : smallest, sizes, l, uncounted);
    }

    /**
     * Which rows have to be left out so that the others reach the thresholds. As only whole rows are left out and values stay
     * as they are, a group can't grow: every group that falls short goes as a whole, and no other row need go. So it is the
     * fewest rows that leaving out whole rows can do with; making values coarser first may save many of them. The same rows
     * in any order give the same answer, unless there were more groups than are told apart.
     */
    public Suppression suppression(Thresholds thresholds) {
        Set<List<String>> kept = new HashSet<>();
        long left = 0;
        for (Map.Entry<List<String>, Group> entry : groups.entrySet()) {
            if (entry.getValue().reaches(thresholds)) {
                kept.add(entry.getKey());
                left += entry.getValue().size;
            }
        }
        return new Suppression(thresholds, kept, rows - left, left);
    }

    private static String sizeName(long size) {
        if (size < 3) {
            return Long.toString(size);
        }
        return size < 5 ? "3-4" : size < 10 ? "5-9" : size < 20 ? "10-19" : "20+";
    }
}
