package allmende.app.site;

/** The data of a site can't be used, for a reason that a person can do something about. */
public final class SiteUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String advice;

    /**
     * @param message what is wrong, one sentence without patient data
     * @param advice what to do about it, one sentence
     */
    public SiteUnavailable(String message, String advice) {
        super(message);
        this.advice = advice;
    }

    /** What to do about it. */
    public String advice() {
        return advice;
    }
}
