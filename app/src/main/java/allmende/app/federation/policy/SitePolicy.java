package allmende.app.federation.policy;

import allmende.app.federation.PartyId;
import allmende.app.federation.TaskKind;
import java.util.List;
import java.util.Set;

/**
 * What a site does for whom. The first rule that fits a task decides; a task that none fits is refused.
 *
 * @param paused whether all tasks are refused
 * @param featuresOff names of query features that the site does not offer
 */
record SitePolicy(boolean paused, List<Rule> rules, List<Rate> rates, Set<String> featuresOff) {

    /** Fits anybody. */
    static final String ANYBODY = "*";

    /** How a task is let through. */
    enum Release {
        AUTOMATIC,
        CLICK,
        NEVER
    }

    /**
     * What is done with some tasks.
     *
     * @param from names of the parties that it is about, or {@link #ANYBODY}
     * @param roles roles of requesters that it is about, or {@link #ANYBODY}
     */
    record Rule(TaskKind kind, Set<String> from, Set<String> roles, Release release) {

        boolean fits(TaskKind asked, PartyId asker, String role) {
            return kind == asked && isNamed(from, asker.value()) && isNamed(roles, role);
        }
    }

    /**
     * How many tasks are let through, counted for each asker by itself.
     *
     * @param perMinute how many come back each minute
     * @param burst how many at once
     */
    record Rate(TaskKind kind, Set<String> from, double perMinute, int burst) {

        boolean fits(TaskKind asked, PartyId asker) {
            return kind == asked && isNamed(from, asker.value());
        }
    }

    private static boolean isNamed(Set<String> names, String name) {
        return names.contains(ANYBODY) || names.contains(name);
    }
}
