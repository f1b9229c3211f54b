package allmende.core.deident;

import allmende.core.cohort.Problem;
import java.util.List;

/** The outcome of reading a file of rules. */
public sealed interface RuleSetRead {

    /** The rules are sound: each can apply, and no two contradict each other. */
    record Compiled(RuleSet rules) implements RuleSetRead {}

    /** They are not; at least one problem, each with the place in the file. */
    record Refused(List<Problem> problems) implements RuleSetRead {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
