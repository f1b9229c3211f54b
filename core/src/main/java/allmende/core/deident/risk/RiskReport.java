package allmende.core.deident.risk;

import java.util.List;
import java.util.SortedMap;

/**
 * The risk of a table. An attacker who knows that a person is in the table (prosecutor) and knows their quasi-identifiers
 * finds them with probability one over the size of their class; one who tries everybody (marketer) finds classes over rows.
 * Somebody who knows less, or is not sure who is in the table, has smaller chances.
 *
 * @param columns what it was measured over
 * @param rows people
 * @param classes groups of people who look alike
 * @param k size of the smallest group; 0 without rows
 * @param sizes number of people in groups of sizes {@code 1}, {@code 2}, {@code 3-4}, {@code 5-9}, {@code 10-19},
 *     {@code 20+}
 * @param l for each sensitive column, how many different values there are at least in a group; counts no further than
 *     {@link #MOST_DIVERSITY}
 * @param uncounted people who came after the bound of groups was reached and fitted none; counted as groups of one, so the
 *     risk is never understated
 */
public record RiskReport(
        RiskColumns columns,
        long rows,
        long classes,
        long k,
        SortedMap<String, Long> sizes,
        SortedMap<String, Integer> l,
        long uncounted) {

    /** Different values of a sensitive column are counted up to this number. */
    public static final int MOST_DIVERSITY = 10;

    /** Names of the size groups, in order. */
    public static final List<String> SIZES = List.of("1", "2", "3-4", "5-9", "10-19", "20+");

    /** People whom nobody else looks like, within the table. */
    public long uniques() {
        return sizes.getOrDefault("1", 0L);
    }

    /** Share of such people; 0 without rows. */
    public double uniqueShare() {
        return rows == 0 ? 0 : (double) uniques() / rows;
    }

    /** The chance of finding the person who is easiest to find, if it is known that they are in the table. */
    public double prosecutorRisk() {
        return k == 0 ? 0 : 1.0 / k;
    }

    /** The share of people whom somebody finds who guesses once per person. */
    public double marketerRisk() {
        return rows == 0 ? 0 : (double) classes / rows;
    }
}
