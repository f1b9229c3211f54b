package allmende.app.feasibility;

import allmende.core.cohort.Problem;
import allmende.engine.count.CountAnswer;
import java.time.Duration;
import java.util.List;

/** What became of a query. */
public sealed interface Counted {

    /** It was counted within {@code took}. */
    record Answered(CountAnswer answer, Duration took) implements Counted {}

    /** It is no query that can be answered. */
    record Invalid(List<Problem> problems) implements Counted {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }

    /** It is longer than {@link Limits#queryBytesMax()}. */
    record TooLarge(int bytesMax) implements Counted {}

    /** As many others are being counted as may be; try again. */
    record Busy() implements Counted {}

    /** It did not finish in time. */
    record TimedOut(Duration max) implements Counted {}

    /** The site's data is not open. */
    record Unavailable(String reason, String advice) implements Counted {}
}
