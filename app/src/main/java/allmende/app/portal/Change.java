package allmende.app.portal;

/** What became of a change to a question. */
public sealed interface Change {

    /** It is done; this is the question now. */
    record Done(Question question) implements Change {}

    /** Somebody changed the question in between; this is what it is now, and nothing was overwritten. */
    record Stale(Question current) implements Change {}

    /** There is no such question for this viewer. */
    record Missing() implements Change {}

    /** There is nothing to undo, to do again or to restore; the question stays as it is. */
    record Nothing(Question current) implements Change {}
}
