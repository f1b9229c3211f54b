package allmende.core.disclosure;

import allmende.core.cohort.Problem;
import java.util.List;

/** What a site answers to a question of a portal. The kinds are different things and are never mixed up. */
public sealed interface SiteAnswer {

    /** It counted. The numbers in the report may still be zero, few or withheld. */
    record Counted(CountReport report) implements SiteAnswer {}

    /** The site can't answer these criteria, for example since it does not know a context. At least one problem. */
    record Unanswerable(List<Problem> problems) implements SiteAnswer {
        public Unanswerable {
            problems = List.copyOf(problems);
        }
    }

    /** The site does not answer. */
    record Refused(Refusal refusal) implements SiteAnswer {}

    /**
     * Something went wrong at the site.
     *
     * @param code a stable word for the fault, of lower-case letters, digits and hyphens
     */
    record Failed(String code) implements SiteAnswer {}

    /** The site had no answer in time. */
    record TimedOut() implements SiteAnswer {}
}
