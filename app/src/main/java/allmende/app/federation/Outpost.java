package allmende.app.federation;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A site's side of the federation. It calls the portal and is never called. All of it is durable: what returned has
 * happened, whatever ends afterwards.
 */
public interface Outpost {

    /** Says who does tasks of this kind. Tasks of kinds without a handler wait. */
    void onTask(TaskKind kind, TaskHandler handler);

    /**
     * Publishes something to the portal; it goes out when the portal can be reached. A newer publication of a kind
     * replaces an older one that has not gone out yet.
     *
     * @throws IllegalArgumentException if the content is larger than {@link FederationTask#BODY_MAX_CHARACTERS}
     */
    void publish(TaskKind kind, JsonNode content);

    /** Refuses all tasks from now on, until resumed; kept over restarts. */
    void pause(String by);

    /** Lets tasks through again as the policy says. */
    void resume(String by);

    /** Tasks that wait for a person's click, oldest first. */
    List<WaitingTask> waiting();

    /** Lets a waiting task through. */
    Decided approve(String taskId, String by);

    /**
     * Refuses a waiting task.
     *
     * @param reason for the asker, in a person's own words; may be empty
     */
    Decided decline(String taskId, String by, String reason);

    /** How the connection stands. */
    OutpostStatus status();

    /**
     * Trusts the portal's key, after an engineer compared its fingerprint with what the portal shows.
     *
     * @return {@link Decided#UNKNOWN} if this is not the fingerprint of the key that the portal presents
     */
    Decided confirmPortal(String fingerprint, String by);

    /** The site's own name. */
    PartyId id();

    /** Short form of the site's key, which the portal's admin compares. */
    String fingerprint();
}
