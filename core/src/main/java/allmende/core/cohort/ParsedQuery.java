package allmende.core.cohort;

import java.util.List;

/** The outcome of reading a query document. */
public sealed interface ParsedQuery {

    /** The document is a query that the catalogue can answer. */
    record Valid(CohortQuery query) implements ParsedQuery {}

    /** The document is not; at least one problem, in document order. */
    record Invalid(List<Problem> problems) implements ParsedQuery {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
