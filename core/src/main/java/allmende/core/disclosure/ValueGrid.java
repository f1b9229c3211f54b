package allmende.core.disclosure;

/**
 * The bins into which numbers are sorted: the same for all terms, units and sites, whatever the data. Bins are of equal
 * width on a logarithmic scale, {@value #PER_DECADE} to a decade, mirrored for negative numbers; bin 0 holds what is nearly
 * 0.
 */
public final class ValueGrid {

    /** Bins to a decade; each is half a percent wide. */
    public static final int PER_DECADE = 480;

    /** Numbers closer to 0 than this are in bin 0. */
    public static final double SMALLEST = 1e-6;

    private static final int DECADES_BELOW_ONE = 6;
    private static final int OFFSET = PER_DECADE * DECADES_BELOW_ONE + 1;

    private ValueGrid() {}

    /** The bin of a finite number. */
    public static int bin(double value) {
        double size = Math.abs(value);
        if (size < SMALLEST) {
            return 0;
        }
        int bin = Math.max(1, (int) Math.floor(Math.log10(size) * PER_DECADE) + OFFSET);
        return value < 0 ? -bin : bin;
    }

    /** The same as an expression of SQL over a column. */
    public static String sql(String column) {
        return "case when abs(" + column + ") < " + SMALLEST + " then 0 else sign(" + column
                + ")::integer * greatest(1, floor(log10(abs(" + column + ")) * " + PER_DECADE + ")::integer + " + OFFSET
                + ") end";
    }

    /** The least number of a bin; it is also the end of the bin before. */
    public static double lowerBound(int bin) {
        if (bin == 0) {
            return -SMALLEST;
        }
        return bin > 0 ? size(bin - OFFSET) : -size(1 - bin - OFFSET);
    }

    private static double size(int steps) {
        return Math.pow(10, steps / (double) PER_DECADE);
    }
}
