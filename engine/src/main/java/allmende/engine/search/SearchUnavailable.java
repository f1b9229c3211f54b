package allmende.engine.search;

/** The search index can't be used. */
public final class SearchUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a sentence for whoever runs the site. */
    public SearchUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
