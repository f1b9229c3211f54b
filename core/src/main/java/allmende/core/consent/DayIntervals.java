package allmende.core.consent;

import java.time.LocalDate;
import java.util.Arrays;

/**
 * A set of days as sorted, disjoint, not adjoining intervals; both ends of each belong to it. Days are numbered from
 * 1970-01-01. Immutable.
 */
public final class DayIntervals {

    /** 0001-01-01, stands for an open beginning. */
    public static final int FIRST = -719_162;

    /** 9999-12-31, stands for an open end. */
    public static final int LAST = 2_932_896;

    /** No day. */
    public static final DayIntervals NONE = new DayIntervals(new int[0]);

    private final int[] bounds;

    private DayIntervals(int[] bounds) {
        this.bounds = bounds;
    }

    /** All days from one to another; none where the second is before the first. */
    public static DayIntervals of(int from, int until) {
        return from > until ? NONE : new DayIntervals(new int[] {from, until});
    }

    /** How many intervals. */
    public int size() {
        return bounds.length / 2;
    }

    /** First day of an interval. */
    public int from(int interval) {
        return bounds[interval * 2];
    }

    /** Last day of an interval. */
    public int until(int interval) {
        return bounds[interval * 2 + 1];
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    /** Whether the day belongs to it. */
    public boolean contains(int day) {
        return covers(day, day);
    }

    /** Whether all days from one to the other belong to it. */
    public boolean covers(int from, int until) {
        for (int i = 0; i < bounds.length; i += 2) {
            if (until <= bounds[i + 1]) {
                return from >= bounds[i];
            }
        }
        return false;
    }

    /** Whether any day from one to the other belongs to it. */
    public boolean touches(int from, int until) {
        for (int i = 0; i < bounds.length; i += 2) {
            if (from <= bounds[i + 1] && until >= bounds[i]) {
                return true;
            }
        }
        return false;
    }

    /** With the days from one to another. */
    public DayIntervals with(int from, int until) {
        if (from > until) {
            return this;
        }
        int[] merged = new int[bounds.length + 2];
        int size = 0;
        int low = from;
        int high = until;
        boolean placed = false;
        for (int i = 0; i < bounds.length; i += 2) {
            if (bounds[i + 1] < low - 1) {
                merged[size++] = bounds[i];
                merged[size++] = bounds[i + 1];
            } else if (bounds[i] > high + 1) {
                if (!placed) {
                    merged[size++] = low;
                    merged[size++] = high;
                    placed = true;
                }
                merged[size++] = bounds[i];
                merged[size++] = bounds[i + 1];
            } else {
                low = Math.min(low, bounds[i]);
                high = Math.max(high, bounds[i + 1]);
            }
        }
        if (!placed) {
            merged[size++] = low;
            merged[size++] = high;
        }
        return new DayIntervals(size == merged.length ? merged : Arrays.copyOf(merged, size));
    }

    /** Without the days from one to another. */
    public DayIntervals without(int from, int until) {
        if (from > until || !touches(from, until)) {
            return this;
        }
        int[] left = new int[bounds.length + 2];
        int size = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            if (bounds[i] < from) {
                left[size++] = bounds[i];
                left[size++] = Math.min(bounds[i + 1], from - 1);
            }
            if (bounds[i + 1] > until) {
                left[size++] = Math.max(bounds[i], until + 1);
                left[size++] = bounds[i + 1];
            }
        }
        return size == 0 ? NONE : new DayIntervals(Arrays.copyOf(left, size));
    }

    /** With all days of the other. */
    public DayIntervals or(DayIntervals other) {
        if (bounds.length == 0) {
            return other;
        }
        DayIntervals union = this;
        for (int i = 0; i < other.bounds.length; i += 2) {
            union = union.with(other.bounds[i], other.bounds[i + 1]);
        }
        return union;
    }

    /** Without the days of the other. */
    public DayIntervals minus(DayIntervals other) {
        DayIntervals rest = this;
        for (int i = 0; i < other.bounds.length; i += 2) {
            rest = rest.without(other.bounds[i], other.bounds[i + 1]);
        }
        return rest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DayIntervals that && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    /** As {@code 2020-01-01..2024-12-31 2026-01-01..}; open ends are left out. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bounds.length; i += 2) {
            text.append(i == 0 ? "" : " ")
                    .append(bounds[i] == FIRST ? "" : LocalDate.ofEpochDay(bounds[i]))
                    .append("..")
                    .append(bounds[i + 1] == LAST ? "" : LocalDate.ofEpochDay(bounds[i + 1]));
        }
        return text.toString();
    }
}
