package allmende.core.deident;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The elements that a rule speaks of: a type of FHIR and steps down from it.
 *
 * @param text as written
 * @param root where it begins: a resource type, a data type, or one of the types that these descend from
 * @param conditions what is asked of the root
 * @param steps downwards; none for the type itself, wherever it occurs
 */
record RulePath(String text, String root, List<Condition> conditions, List<Step> steps) {

    /**
     * One step down.
     *
     * @param ofType the only type of a choice that is meant; null for all
     */
    record Step(String element, @Nullable String ofType, List<Condition> conditions) {}

    RulePath {
        conditions = List.copyOf(conditions);
        steps = List.copyOf(steps);
    }

    int length() {
        return steps.size();
    }

    /** The conditions that hold where so many steps were taken. */
    List<Condition> conditionsAt(int taken) {
        return taken == 0 ? conditions : steps.get(taken - 1).conditions();
    }

    /** How many conditions and choices of a type it has. */
    int narrowings() {
        int count = conditions.size();
        for (Step step : steps) {
            count += step.conditions().size() + (step.ofType() == null ? 0 : 1);
        }
        return count;
    }

    /** Whether it names the type that it means, where there is a choice. */
    boolean namesType() {
        return steps.isEmpty() || steps.getLast().ofType() != null;
    }
}
