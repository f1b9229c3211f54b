package allmende.engine.store;

/** Ends a request that takes longer than it may; answered where the request came in. */
public final class DeadlinePassed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What the caller is told. */
    public static final String SENTENCE =
            "This took longer than a request may, and was stopped. Narrow the search, ask for smaller pages, or take the"
                    + " data out with $export.";

    DeadlinePassed() {
        super(SENTENCE, null, false, false);
    }
}
