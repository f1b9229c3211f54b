package allmende.app.federation.trust;

/** What a message does. */
public enum Act {
    /** Asks for a task. */
    ASK,
    /** Brings the outcome of a task. */
    ANSWER,
    /** Publishes something that nobody asked for. */
    PUBLISH
}
