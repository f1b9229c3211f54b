package allmende.core.disclosure;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * A site's rules for what may leave it. docs/implementation/disclosure.md says what they guarantee and what they cost.
 *
 * @param minimum true counts below this are never given as a number
 * @param epsilon ε of the answer to one question, all its numbers together
 * @param mechanism how noise is drawn
 * @param rounding released numbers are multiples of this; 1 for no rounding
 * @param delta the largest probability with which a count below the minimum has noise so large that the minimum, and not
 *     the noise, decides; also δ of the discrete Gaussian
 * @param shares how ε is divided
 * @param budget how much may be asked
 * @param statisticsEpsilon ε of each number of the published statistics
 */
public record DisclosureRules(
        long minimum,
        double epsilon,
        Kind mechanism,
        long rounding,
        double delta,
        Shares shares,
        Budget budget,
        double statisticsEpsilon) {

    /** What a site has that has not chosen. */
    public static final DisclosureRules DEFAULT = new DisclosureRules(
            10, 0.5, Kind.GEOMETRIC, 10, 1e-4, new Shares(50, 25, 0, 25), new Budget(20, 200, 28), 1);

    private static final double LEAST_EPSILON = 0.001;
    private static final double MOST_EPSILON = 10;
    private static final double LEAST_DELTA = 1e-12;
    private static final double MOST_DELTA = 0.01;
    private static final long MOST_COUNT = 1_000_000;

    public DisclosureRules {
        require(minimum >= 1 && minimum <= MOST_COUNT, "minimum");
        require(epsilon >= LEAST_EPSILON && epsilon <= MOST_EPSILON, "epsilon");
        require(rounding >= 1 && rounding <= MOST_COUNT, "rounding");
        require(delta >= LEAST_DELTA && delta <= MOST_DELTA, "delta");
        require(statisticsEpsilon >= LEAST_EPSILON && statisticsEpsilon <= MOST_EPSILON, "statistics/epsilon");
    }

    /** Kinds of noise. */
    public enum Kind {
        /** The two-sided geometric mechanism. */
        GEOMETRIC,
        /** The discrete Gaussian. */
        DISCRETE_GAUSSIAN
    }

    /**
     * How the ε of a question is divided, in percent.
     *
     * @param total for the size of the cohort; at least 1
     * @param funnel for the steps; at least 1
     * @param criteria for each criterion by itself; 0 to withhold these
     * @param distribution for the cells by age and sex; at least 1
     */
    public record Shares(int total, int funnel, int criteria, int distribution) {
        public Shares {
            require(total >= 1 && funnel >= 1 && criteria >= 0 && distribution >= 1, "shares");
            require(total + funnel + criteria + distribution == 100, "shares");
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("out of range: " + what);
        }
    }

    /** Millionths of ε of a question, the unit in which budgets are kept. */
    public long microEpsilon() {
        return Math.round(epsilon * Mechanism.MILLION);
    }

    /** Millionths of ε of a part of a question that has so many percent. */
    long microEpsilon(int percent) {
        return microEpsilon() * percent / 100;
    }

    /** Differs whenever the same true counts could be told in another way. */
    byte[] fingerprint() {
        return List.of(minimum, microEpsilon(), mechanism, rounding, delta, shares)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** What a question costs, for publication. */
    public PublishedStatistics.Terms terms() {
        return new PublishedStatistics.Terms(epsilon, budget.requester(), budget.refillDays(), minimum);
    }

    /** Reads rules; keys that are left out have their defaults. */
    public static RulesRead<DisclosureRules> read(byte[] json) {
        return Fields.read(json, RulesReader::disclosure);
    }

    /** Writes the rules with every key, for people to edit. */
    public ObjectNode write() {
        ObjectNode json = Fields.object();
        json.put("minimum", minimum);
        json.put("epsilon", epsilon);
        json.put("mechanism", mechanism.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.put("rounding", rounding);
        json.put("delta", delta);
        ObjectNode parts = json.putObject("shares");
        parts.put("total", shares.total());
        parts.put("funnel", shares.funnel());
        parts.put("criteria", shares.criteria());
        parts.put("distribution", shares.distribution());
        ObjectNode limits = json.putObject("budget");
        limits.put("requester", budget.requester());
        limits.put("portal", budget.portal());
        limits.put("refillDays", budget.refillDays());
        json.putObject("statistics").put("epsilon", statisticsEpsilon);
        return json;
    }

    static double leastEpsilon() {
        return LEAST_EPSILON;
    }

    static double mostEpsilon() {
        return MOST_EPSILON;
    }

    static double leastDelta() {
        return LEAST_DELTA;
    }

    static double mostDelta() {
        return MOST_DELTA;
    }

    static long mostCount() {
        return MOST_COUNT;
    }
}
