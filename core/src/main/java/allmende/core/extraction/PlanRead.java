package allmende.core.extraction;

import allmende.core.cohort.Problem;
import java.util.List;

/** The outcome of planning an extraction. */
public sealed interface PlanRead {

    /** It can be carried out. */
    record Planned(ExtractPlan plan) implements PlanRead {}

    /** It can't; at least one problem, with pointers into the CRTDL document. */
    record Refused(List<Problem> problems) implements PlanRead {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
