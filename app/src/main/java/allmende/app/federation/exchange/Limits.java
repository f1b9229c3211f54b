package allmende.app.federation.exchange;

import java.time.Duration;

/** What bounds everything that is kept or handed out. */
public final class Limits {

    /** Messages that wait for one site at most; a portal asks it nothing more until it has fetched some. */
    public static final int QUEUE_MAX = 10_000;

    /** Messages in one reply. */
    public static final int REPLY_MESSAGES_MAX = 64;

    /** Characters of messages in one reply; one message may be larger. */
    public static final int REPLY_CHARACTERS_MAX = 2 * 1024 * 1024;

    /** New tasks that a site keeps before it stops fetching more. */
    public static final int NEW_TASKS_MAX = 500;

    /** Tasks that wait for a person at a site; what comes beyond is refused. */
    public static final int WAITING_TASKS_MAX = 1_000;

    /** Requests to take part that wait for the portal's admin; what comes beyond is not kept. */
    public static final int APPLICATIONS_MAX = 500;

    /** How long after its deadline a question is still delivered, worked on and answered. */
    public static final Duration LATE_MAX = Duration.ofDays(30);

    /** How long after that, questions and tasks are remembered, so that nothing is taken twice. */
    public static final Duration MEMORY = Duration.ofDays(90);

    /** Longest key of a question. */
    public static final int KEY_MAX_CHARACTERS = 100;

    private Limits() {}
}
