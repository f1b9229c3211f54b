package allmende.core.deident;

import java.util.Comparator;

/**
 * One path of a rule.
 *
 * @param index place among all rules, from 0
 * @param pointer JSON pointer to its path in the file
 * @param narrows whether it may only make less of what other rules let out, see {@link Ceiling}
 */
record Rule(int index, String pointer, RulePath path, Method method, boolean narrows) {

    Rule(int index, String pointer, RulePath path, Method method) {
        this(index, pointer, path, method, false);
    }

    Rule doing(Method other) {
        return other.equals(method) ? this : new Rule(index, pointer, path, other, narrows);
    }

    /**
     * From the least specific to the most specific, for rules that mean the same element: more steps, then a root further
     * down the types, then more conditions.
     */
    static final Comparator<Rule> BY_SPECIFICITY = Comparator.<Rule>comparingInt(
                    rule -> rule.path().length())
            .thenComparingInt(rule -> R4Types.get().lineage(rule.path().root()).size())
            .thenComparingInt(rule -> rule.path().narrowings());
}
