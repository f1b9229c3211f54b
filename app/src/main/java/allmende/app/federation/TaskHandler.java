package allmende.app.federation;

/** What a site does with a task of one kind. */
@FunctionalInterface
public interface TaskHandler {

    /**
     * Does the task. May be called again for the same task if the program ended before the outcome was kept; the same task
     * over the same snapshot must then have the same outcome. Exceptions become {@code Failed("ERROR")}.
     */
    TaskOutcome handle(IncomingTask task);
}
