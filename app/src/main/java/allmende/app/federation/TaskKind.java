package allmende.app.federation;

/** What a message is about. */
public enum TaskKind {
    /** A question of a portal, "how many patients …?"; the site's answer goes back. */
    FEASIBILITY,
    /** What a site publishes about its data for everybody; no answer. */
    STATISTICS,
    /** A portal's list of parties and revocations; no answer. Handled by the federation itself. */
    DIRECTORY
}
