package allmende.app.audit;

/** Accesses can't be noted, so they must not happen. */
public final class AccessLogUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A sentence for whoever asked; says nothing about paths. */
    public static final String SENTENCE =
            "The access log of this site can't be written, so no patient data is given out. The engineer of the site"
                    + " finds the cause in the log of the program; mostly the disk is full.";

    /** The log can't be written, for this reason. */
    public AccessLogUnavailable(String reason) {
        super(reason);
    }
}
