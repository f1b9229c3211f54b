package allmende.engine.index;

/** The index can't be used; its message is a sentence for the user and holds no data of the index. */
public final class IndexUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a sentence for the user and what lies behind it. */
    public IndexUnavailable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
