package allmende.core.disclosure;

import allmende.core.disclosure.PublishedStatistics.Histogram;
import allmende.core.disclosure.RawStatistics.Bin;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes a histogram to publish of true bins: joins fine bins to the finest of a few widths at which the usual ones have
 * enough patients, notes what lies outside of these in one more bin on either side, whose outer bound says nothing about the
 * data, and gives each number noise.
 */
final class HistogramGate {

    /** How many bins of {@link ValueGrid} may be joined, finest first: half a percent to a factor of 10 wide. */
    private static final List<Integer> WIDTHS = List.of(1, 2, 4, 8, 16, 40, 120, 480);

    /** Bins that a good histogram has at most. */
    private static final int MOST_BINS = 40;

    private final StatisticsGate.Cell cell;

    HistogramGate(StatisticsGate.Cell cell) {
        this.cell = cell;
    }

    /** Without bins where there are too few values at any width. */
    Histogram release(String place, String unit, SortedMap<Integer, Bin> fine) {
        for (int width : WIDTHS) {
            SortedMap<Integer, Bin> joined = join(fine, width);
            SortedMap<Integer, Bin> large = new TreeMap<>(joined);
            large.values().removeIf(bin -> bin.any() < 2 * cell.threshold());
            long covered = large.values().stream().mapToLong(Bin::any).sum();
            long all = joined.values().stream().mapToLong(Bin::any).sum();
            boolean last = width == WIDTHS.getLast();
            if (!large.isEmpty() && (last || (large.size() <= MOST_BINS && covered >= 0.9 * all))) {
                return released(
                        place + " by " + width, unit, new Joined(joined, width, large.firstKey(), large.lastKey()));
            }
        }
        return new Histogram(unit, List.of(0.0), List.of(), List.of(), List.of());
    }

    /** Bins of a width, and the first and the last one of those with enough patients. */
    private record Joined(SortedMap<Integer, Bin> bins, int width, int first, int last) {}

    private static SortedMap<Integer, Bin> join(SortedMap<Integer, Bin> fine, int width) {
        SortedMap<Integer, Bin> joined = new TreeMap<>();
        fine.forEach((bin, counts) -> joined.merge(Math.floorDiv(bin, width), counts, Bin::plus));
        return joined;
    }

    private Histogram released(String place, String unit, Joined joined) {
        SortedMap<Integer, Bin> bins = joined.bins();
        int width = joined.width();
        int first = joined.first();
        int last = joined.last();
        List<Double> bounds = new ArrayList<>();
        List<Bin> counts = new ArrayList<>();
        double low = ValueGrid.lowerBound(first * width);
        double high = ValueGrid.lowerBound((last + 1) * width);
        Bin below = sum(bins.headMap(first));
        Bin above = sum(bins.tailMap(last + 1));
        if (below.any() >= cell.threshold()) {
            bounds.add(outside(low, -1));
            counts.add(below);
        }
        for (int bin = first; bin <= last; bin++) {
            bounds.add(readable(ValueGrid.lowerBound(bin * width)));
            counts.add(bins.getOrDefault(bin, new Bin(0, 0, 0)));
        }
        bounds.add(readable(high));
        if (above.any() >= cell.threshold()) {
            bounds.add(outside(high, 1));
            counts.add(above);
        }
        List<Integer> any = new ArrayList<>();
        List<Integer> highest = new ArrayList<>();
        List<Integer> lowest = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            String bin = place + " bin " + bounds.get(i);
            any.add(cell.plain(bin, counts.get(i).any()));
            highest.add(cell.plain(bin + " highest", counts.get(i).highest()));
            lowest.add(cell.plain(bin + " lowest", counts.get(i).lowest()));
        }
        return new Histogram(unit, bounds, any, highest, lowest);
    }

    private static Bin sum(SortedMap<Integer, Bin> bins) {
        return bins.values().stream().reduce(new Bin(0, 0, 0), Bin::plus);
    }

    /** A bound further out by half of the number's size, whatever the data there. */
    private static double outside(double bound, int direction) {
        return readable(bound + direction * Math.max(Math.abs(bound) / 2, ValueGrid.SMALLEST));
    }

    /** Five significant digits: a hundredth of the finest bin. */
    private static double readable(double bound) {
        return new java.math.BigDecimal(bound)
                .round(new java.math.MathContext(5))
                .doubleValue();
    }
}
