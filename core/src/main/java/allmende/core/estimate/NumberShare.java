package allmende.core.estimate;

import allmende.core.cohort.ValueFilter;
import allmende.core.disclosure.PublishedStatistics.Histogram;
import allmende.core.terminology.Units;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which share of patients have a number that passes a filter, from histograms. */
final class NumberShare {

    /** Numbers within a bin are taken to be spread evenly; that is wrong by this part of a bin at most, usually. */
    private static final double WITHIN_BIN = 0.6;

    /** What noise does to a share, roughly. */
    private static final double NOISE = 0.03;

    private final Units units;

    NumberShare(Units units) {
        this.units = units;
    }

    /** An interval, both ends inclusive as far as estimates care; {@code outside} where its complement is meant. */
    private record Window(double low, double high, boolean outside) {}

    /** Null where no histogram is in a unit that converts. */
    @Nullable
    Fraction of(ValueFilter filter, List<Histogram> histograms) {
        double patients = 0;
        double low = 0;
        double likely = 0;
        double high = 0;
        boolean any = false;
        for (Histogram histogram : histograms) {
            double size = sum(histogram.highest());
            patients += size;
            Window window = window(filter, histogram.unit());
            if (window != null && size > 0) {
                Fraction share = share(histogram, window, size);
                low += share.low() * size;
                likely += share.likely() * size;
                high += share.high() * size;
                any = true;
            }
        }
        return any ? Fraction.of(low / patients, likely / patients, high / patients) : null;
    }

    private @Nullable Window window(ValueFilter filter, String unit) {
        return switch (filter) {
            case ValueFilter.Concepts concepts -> null;
            case ValueFilter.Range range -> {
                Double low = convert(range.minimum(), range.unit(), unit);
                Double high = convert(range.maximum(), range.unit(), unit);
                yield low == null || high == null ? null : new Window(low, high, false);
            }
            case ValueFilter.Comparison comparison -> {
                Double bound = convert(comparison.value(), comparison.unit(), unit);
                yield bound == null
                        ? null
                        : switch (comparison.comparator()) {
                            case GT, GE -> new Window(bound, Double.POSITIVE_INFINITY, false);
                            case LT, LE -> new Window(Double.NEGATIVE_INFINITY, bound, false);
                            case EQ -> new Window(bound, bound, false);
                            case NE -> new Window(bound, bound, true);
                        };
            }
        };
    }

    private @Nullable Double convert(BigDecimal bound, @Nullable String asked, String unit) {
        if (asked == null || asked.equals(unit)) {
            return bound.doubleValue();
        }
        Optional<BigDecimal> converted = unit.isEmpty() ? Optional.empty() : units.convert(bound, asked, unit);
        return converted.map(BigDecimal::doubleValue).orElse(null);
    }

    /**
     * Some number of a patient is at least {@code low} exactly if the highest is, and at most {@code high} exactly if the
     * lowest is. For an interval both are needed, but do not suffice.
     */
    private static Fraction share(Histogram histogram, Window window, double size) {
        if (window.outside()) {
            return Fraction.of(0, 0.99, 1);
        }
        double blur = NOISE
                + WITHIN_BIN * (binShare(histogram, window.low(), size) + binShare(histogram, window.high(), size));
        double above = 1 - below(histogram, histogram.highest(), window.low());
        double under = below(histogram, histogram.lowest(), window.high());
        if (window.high() == Double.POSITIVE_INFINITY) {
            return Fraction.of(above - blur, above, above + blur);
        }
        if (window.low() == Double.NEGATIVE_INFINITY) {
            return Fraction.of(under - blur, under, under + blur);
        }
        double inside = (below(histogram, histogram.patients(), window.high())
                        - below(histogram, histogram.patients(), window.low()))
                * sum(histogram.patients())
                / size;
        double most = Math.min(above, under);
        double least = window.low() == window.high() ? 0 : Math.max(0, above + under - 1);
        return Fraction.of(0, Math.clamp(inside, Math.min(least, most) * 0.5, most), most + blur);
    }

    private static double sum(List<Integer> numbers) {
        return numbers.stream().mapToLong(Integer::longValue).sum();
    }

    /** The share of a distribution that lies below a bound. */
    private static double below(Histogram histogram, List<Integer> bins, double bound) {
        double all = sum(bins);
        double below = 0;
        for (int bin = 0; bin < bins.size(); bin++) {
            double from = histogram.bounds().get(bin);
            double to = histogram.bounds().get(bin + 1);
            below += bins.get(bin) * Math.clamp((bound - from) / (to - from), 0.0, 1.0);
        }
        return all == 0 ? 0 : below / all;
    }

    /** The share of patients in the bin that a bound cuts. */
    private static double binShare(Histogram histogram, double bound, double size) {
        for (int bin = 0; bin < histogram.patients().size(); bin++) {
            if (histogram.bounds().get(bin) <= bound
                    && bound < histogram.bounds().get(bin + 1)) {
                return Math.min(1, histogram.patients().get(bin) / size);
            }
        }
        return 0;
    }
}
