package allmende.core.disclosure;

import allmende.core.cohort.Funnel;
import allmende.core.disclosure.CountReport.Leaf;
import java.util.ArrayList;
import java.util.List;

/** Releases each criterion by itself. They overlap in any way, so each has its own part of their share of ε. */
final class Criteria {

    private final DisclosureRules rules;
    private final Noise noise;
    private final Question question;
    private final List<Funnel.Step> steps;
    private final long microEpsilon;

    Criteria(DisclosureRules rules, Noise noise, Question question, Funnel funnel) {
        this.rules = rules;
        this.noise = noise;
        this.question = question;
        this.steps = CountGate.steps(funnel);
        long criteria = Math.max(
                1, steps.stream().mapToLong(step -> step.criteria().size()).sum());
        this.microEpsilon = rules.microEpsilon(rules.shares().criteria()) / criteria;
    }

    List<Leaf> release(int step) {
        List<Leaf> leaves = new ArrayList<>();
        List<Funnel.Leaf> criteria = steps.get(step).criteria();
        for (int i = 0; i < criteria.size(); i++) {
            leaves.add(new Leaf(
                    criteria.get(i).pointer(), patients(criteria.get(i).count(), question.criterion(step, i))));
        }
        return leaves;
    }

    private Disclosed patients(long count, String name) {
        if (microEpsilon == 0) {
            return new Disclosed.Withheld(Disclosed.Reason.NOT_RELEASED);
        }
        Mechanism mechanism = Mechanism.of(rules, microEpsilon);
        return new Decision(rules, mechanism).of(count, count + noise.of(mechanism, "criterion/" + name));
    }
}
