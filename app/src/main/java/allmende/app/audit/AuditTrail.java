package allmende.app.audit;

/** Where acts are noted: every question and every administrative act. */
public interface AuditTrail {

    /**
     * Appends the event with the present time. Returns when it is stored durably, so an act should be noted before it is
     * told to have happened.
     */
    void record(AuditEvent event);
}
