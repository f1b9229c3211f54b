package allmende.core.disclosure;

import allmende.core.cohort.Funnel;
import java.util.ArrayList;
import java.util.List;

/**
 * Releases how many patients remain after each step: from the total backwards, each step adds the noised number of those
 * who drop out after it. So the numbers only fall, and the last one is the total.
 */
final class Steps {

    private final DisclosureRules rules;
    private final Noise noise;
    private final Mechanism mechanism;

    Steps(DisclosureRules rules, Noise noise) {
        this.rules = rules;
        this.noise = noise;
        this.mechanism = Mechanism.of(rules, rules.microEpsilon(rules.shares().funnel()));
    }

    List<Disclosed> release(Funnel funnel, long noisedTotal, Disclosed total) {
        List<Funnel.Step> steps = CountGate.steps(funnel);
        Mechanism ofTotal =
                Mechanism.of(rules, rules.microEpsilon(rules.shares().total()));
        List<Disclosed> released = new ArrayList<>();
        long remaining = Math.max(0, noisedTotal);
        Disclosed last = total;
        for (int i = steps.size() - 1; i >= 0; i--) {
            int summed = steps.size() - 1 - i;
            if (summed > 0) {
                long lost = steps.get(i).remaining() - steps.get(i + 1).remaining();
                remaining += Math.max(0, lost + noise.of(mechanism, "lost/" + (i + 1)));
                last = disclosed(steps.get(i).remaining(), remaining, last, new Sum(ofTotal, mechanism, summed));
            }
            released.addFirst(last);
        }
        return released;
    }

    /** The noise of the total and of so many other numbers. */
    private record Sum(Mechanism total, Mechanism lost, int summed) {

        long halfWidth() {
            double square = (double) total.halfWidth() * total.halfWidth()
                    + (double) summed * lost.halfWidth() * lost.halfWidth();
            return (long) Math.ceil(Math.sqrt(square));
        }

        /** The sum exceeds this with a probability of at most δ: no part exceeds its tail but with its part of δ. */
        long margin(double delta) {
            double part = delta / (summed + 1);
            return total.tail(part) + summed * lost.tail(part);
        }
    }

    /**
     * Once a later step has a number, so has this one: it has no fewer patients, so its true count can't be below the
     * minimum either, and nothing needs to be decided.
     */
    private Disclosed disclosed(long count, long noised, Disclosed later, Sum sum) {
        Disclosed.Counted number = new Disclosed.Counted(
                Decision.rounded(noised, rules.rounding()), Decision.widened(sum.halfWidth(), rules));
        if (later instanceof Disclosed.Counted) {
            return number;
        }
        if (noised <= 0) {
            return new Disclosed.Zero();
        }
        long threshold = rules.minimum() + sum.margin(rules.delta());
        return count >= rules.minimum() && noised >= threshold ? number : Decision.few(threshold, rules);
    }
}
