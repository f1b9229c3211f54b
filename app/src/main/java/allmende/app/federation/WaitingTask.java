package allmende.app.federation;

/**
 * A task that waits for a person's click at the site.
 *
 * @param role the requester's role as the asker says, empty if it says none
 */
public record WaitingTask(IncomingTask task, String role) {}
