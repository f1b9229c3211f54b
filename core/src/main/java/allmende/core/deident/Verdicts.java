package allmende.core.deident;

import allmende.core.cohort.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What comes to light about rules while they are compiled. */
final class Verdicts {

    private final Set<Rule> deciding = new HashSet<>();
    private final Map<Rule, Rule> overridden = new HashMap<>();
    private final Map<Rule, String> delicate = new HashMap<>();
    private final Map<Rule, String> faults = new LinkedHashMap<>();
    private final Map<Rule, String> refusedMore = new HashMap<>();
    private final Set<Rule> changedMore = new HashSet<>();

    void decides(Rule rule) {
        deciding.add(rule);
    }

    void overridden(Rule rule, Rule by) {
        overridden.putIfAbsent(rule, by);
    }

    /** A rule that narrows wanted more than the others let out there. */
    void exceeds(Rule rule, String label, @Nullable Rule ceiling) {
        boolean changes = ceiling != null && ceiling.method().admitsParts();
        String what = ceiling == null || ceiling.method() instanceof Method.Remove
                ? "nothing of it leaves"
                : ceiling.method().word() + " by the rule for " + ceiling.path().text();
        if ((changes && changedMore.add(rule)) || !refusedMore.containsKey(rule)) {
            refusedMore.put(
                    rule,
                    "This would let out more of " + label + " than the rules allow that it narrows: " + what
                            + ". That stays so.");
        }
    }

    void delicate(Rule rule, String type) {
        delicate.putIfAbsent(rule, type);
    }

    void contradicts(Rule rule, Rule other, String label) {
        boolean after = rule.index() > other.index();
        Rule later = after ? rule : other;
        Rule earlier = after ? other : rule;
        faults.putIfAbsent(
                later,
                "This and the rule at " + earlier.pointer() + " are equally specific, can both mean the same " + label
                        + ", and say different things. Make one of them more specific.");
    }

    void unfit(Rule rule, String label, String type) {
        faults.putIfAbsent(
                rule,
                "The method " + rule.method().word() + " can't be used on " + label + ", which is a " + type + "."
                        + (type.equals("Reference")
                                ? " Keep the element and let a rule for Reference.reference say how it leaves."
                                : ""));
    }

    void tooMany(Rule rule) {
        faults.putIfAbsent(
                rule,
                "Too many conditions can hold for one element together; write fewer, or such as exclude"
                        + " each other.");
    }

    List<Problem> problems(List<Rule> rules) {
        List<Problem> problems = new ArrayList<>();
        // what others narrow was compiled alone before, and may well lose all its effect
        boolean narrowed = rules.stream().anyMatch(Rule::narrows);
        for (Rule rule : rules) {
            String fault = faults.get(rule);
            if (rule.narrows()) {
                problemOfNarrowing(rule, problems);
            } else if (fault != null) {
                problems.add(new Problem(rule.pointer(), fault));
            } else if (!narrowed && !deciding.contains(rule)) {
                problems.add(new Problem(rule.pointer(), "This rule can never apply: " + why(rule)));
            }
        }
        return problems;
    }

    private void problemOfNarrowing(Rule rule, List<Problem> problems) {
        String fault = faults.get(rule);
        Rule by = overridden.get(rule);
        if (fault != null) {
            problems.add(new Problem(rule.pointer(), fault));
        } else if (by != null && !deciding.contains(rule) && !refusedMore.containsKey(rule)) {
            problems.add(new Problem(
                    rule.pointer(),
                    "This rule can never apply: the first that means an element counts, and that at " + by.pointer()
                            + " comes before."));
        }
    }

    /** What rules that narrow wanted in vain: of none of these more leaves than without them. */
    List<Problem> notes(List<Rule> rules) {
        List<Problem> notes = new ArrayList<>();
        for (Rule rule : rules) {
            boolean idle = !deciding.contains(rule);
            String more = refusedMore.get(rule);
            if (!rule.narrows() || rule.method() instanceof Method.Remove) {
                continue;
            }
            if (more != null && (idle || changedMore.contains(rule))) {
                notes.add(new Problem(rule.pointer(), more));
            } else if (idle) {
                notes.add(
                        new Problem(
                                rule.pointer(),
                                "This lets nothing out: the rules that it narrows hold back what it speaks of. That stays so."));
            }
        }
        return notes;
    }

    private String why(Rule rule) {
        Rule by = overridden.get(rule);
        if (by != null) {
            return "a more specific or equal one always comes first, such as that at " + by.pointer() + ".";
        }
        String type = delicate.get(rule);
        if (type != null) {
            return "of the types to choose from, those that may hold anything must be named with ofType(), such as "
                    + type + ".";
        }
        return "no rule lets out an element that holds one, or a rule holds one of them back. A rule that keeps the"
                + " element above would be needed.";
    }
}
