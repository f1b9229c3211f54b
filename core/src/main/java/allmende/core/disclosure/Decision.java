package allmende.core.disclosure;

/** Decides for one kind of number what is told of it. */
final class Decision {

    private final DisclosureRules rules;
    private final Mechanism mechanism;
    private final long threshold;

    Decision(DisclosureRules rules, Mechanism mechanism) {
        this.rules = rules;
        this.mechanism = mechanism;
        this.threshold = rules.minimum() + mechanism.tail(rules.delta());
    }

    /** Noised numbers from this on are given. */
    long threshold() {
        return threshold;
    }

    /** What to tell of a number. */
    Disclosed of(long count, long noised) {
        if (noised <= 0) {
            return new Disclosed.Zero();
        }
        return count >= rules.minimum() && noised >= threshold
                ? new Disclosed.Counted(rounded(noised, rules.rounding()), plusMinus())
                : few(threshold, rules);
    }

    private long plusMinus() {
        return widened(mechanism.halfWidth(), rules);
    }

    static Disclosed.Few few(long threshold, DisclosureRules rules) {
        long rounding = rules.rounding();
        return new Disclosed.Few((threshold + rounding - 1) / rounding * rounding);
    }

    /** The width of noise and rounding together. */
    static long widened(long halfWidth, DisclosureRules rules) {
        return halfWidth + rules.rounding() / 2;
    }

    /** The nearest multiple, the larger one of two. */
    static long rounded(long number, long rounding) {
        return Math.floorDiv(2 * number + rounding, 2 * rounding) * rounding;
    }
}
