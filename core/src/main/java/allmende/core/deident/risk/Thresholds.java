package allmende.core.deident.risk;

/**
 * What a table has to reach before it is released.
 *
 * @param k how many people at least look alike; from 1
 * @param l how many different values each sensitive column has at least among those who look alike; from 1 to
 *     {@link RiskReport#MOST_DIVERSITY}
 */
public record Thresholds(int k, int l) {

    /** Checks the numbers. */
    public Thresholds {
        if (k < 1 || l < 1 || l > RiskReport.MOST_DIVERSITY) {
            throw new IllegalArgumentException("k is at least 1, and l is from 1 to " + RiskReport.MOST_DIVERSITY);
        }
    }
}
