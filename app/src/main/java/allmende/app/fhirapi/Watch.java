package allmende.app.fhirapi;

/** Lets callers do what they may, and keeps the record of what they did. */
public interface Watch {

    /**
     * Lets pass who may read this type.
     *
     * @throws FhirProblem 403
     */
    void read(String type);

    /**
     * Lets pass who may write this type.
     *
     * @throws FhirProblem 403
     */
    void write(String type);

    /**
     * Lets pass who may take data out in bulk.
     *
     * @throws FhirProblem 403
     */
    void export();

    /** A name for the one who calls: whose jobs these are. */
    String caller();

    /** Keeps what was done. */
    void told(Deed deed);
}
