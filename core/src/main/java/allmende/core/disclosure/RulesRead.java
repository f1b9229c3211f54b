package allmende.core.disclosure;

import allmende.core.cohort.Problem;
import java.util.List;

/** The outcome of reading a document of this package. */
public sealed interface RulesRead<T> {

    /** It is valid. */
    record Valid<T>(T value) implements RulesRead<T> {}

    /** It is not; at least one problem. */
    record Invalid<T>(List<Problem> problems) implements RulesRead<T> {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
