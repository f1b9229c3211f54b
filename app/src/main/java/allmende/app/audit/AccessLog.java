package allmende.app.audit;

/** Where every access to patient data is told. */
public interface AccessLog {

    /**
     * Notes an access with the present time; costs microseconds. It is on its way to the disk when this returns and there
     * some milliseconds later. Where the log has more to write than it may hold in memory, this waits.
     *
     * @throws AccessLogUnavailable if the log can't be written; the access must not happen then, or its answer must not
     *     be given
     */
    void record(Access access);

    /**
     * Asks before data are read whether the log can be written.
     *
     * @throws AccessLogUnavailable if not
     */
    void require();
}
