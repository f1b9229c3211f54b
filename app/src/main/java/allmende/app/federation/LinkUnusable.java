package allmende.app.federation;

/** The settings of a site's link to its portal can't be followed, for a reason that an engineer can do something about. */
public final class LinkUnusable extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String advice;

    /**
     * @param message what is wrong, one sentence
     * @param advice what to do about it, one sentence
     */
    public LinkUnusable(String message, String advice) {
        super(message);
        this.advice = advice;
    }

    /** What to do about it. */
    public String advice() {
        return advice;
    }
}
