package allmende.core.disclosure;

import allmende.core.cohort.Funnel;
import allmende.core.disclosure.CountReport.Privacy;
import allmende.core.disclosure.CountReport.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes a released report of true counts. Pure: the same question over the same snapshot under the same rules and key
 * gives the same report.
 *
 * <p>The guarantee: to add or remove one patient changes the probability of any report by a factor of at most e^ε, but
 * for a probability of δ per decision. It comes about so:
 *
 * <ul>
 *   <li>The total changes by at most 1; its noise has ε × share.
 *   <li>A patient drops out of the funnel at one step or is in the cohort. So the numbers that drop out at each step are
 *       disjoint, and all of them together cost ε × share once. Numbers that remain are sums of them and of the total.
 *   <li>The cells by age and sex are disjoint: together ε × share once. How fine they are follows from the released total.
 *   <li>Criteria by themselves overlap: each gets its part of ε × share; by default there is no share.
 *   <li>Whether a number is given is decided by the noised number, with a margin: a count below the minimum gets over the
 *       margin by noise with a probability of at most δ. Only then does the minimum itself decide, and withholds it.
 * </ul>
 */
public final class CountGate {

    private final DisclosureRules rules;
    private final NoiseKey key;

    /** Releases by these rules, with noise from this key. */
    public CountGate(DisclosureRules rules, NoiseKey key) {
        this.rules = rules;
        this.key = key;
    }

    /** Releases a report on the cohort of a question. */
    public Released<CountReport> release(Unreleased<CohortCounts> unreleased, Question question, Privacy privacy) {
        CohortCounts counts = unreleased.content();
        Noise noise = key.noise(question.canonical(), counts.t());
        Noise orderedNoise = key.noise(question.arranged(), counts.t());
        Mechanism ofTotal = mechanism(rules.shares().total());
        long noisedTotal = counts.funnel().count() + noise.of(ofTotal, "total");
        Decision decision = new Decision(rules, ofTotal);
        Disclosed total = decision.of(counts.funnel().count(), noisedTotal);
        List<Disclosed> remaining = new Steps(rules, orderedNoise).release(counts.funnel(), noisedTotal, total);
        Criteria criteria = new Criteria(rules, noise, question, counts.funnel());
        int included = counts.funnel().inclusion().size();
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < remaining.size(); i++) {
            steps.add(new Step(remaining.get(i), criteria.release(i)));
        }
        return new Released<>(new CountReport(
                total,
                steps.subList(0, included),
                steps.subList(included, steps.size()),
                new Cells(rules, noise).release(counts.strata(), total),
                counts.t(),
                privacy));
    }

    private Mechanism mechanism(int percent) {
        return Mechanism.of(rules, rules.microEpsilon(percent));
    }

    /** All steps, inclusion first. */
    static List<Funnel.Step> steps(Funnel funnel) {
        return Stream.concat(funnel.inclusion().stream(), funnel.exclusion().stream())
                .toList();
    }
}
