package allmende.app.federation;

/** Writes and reads the FHIR R4 Tasks that carry questions, answers and publications. */
public final class FederationTask {

    /** A body of more characters is refused by everybody. */
    public static final int BODY_MAX_CHARACTERS = 8 * 1024 * 1024;

    private FederationTask() {}
}
