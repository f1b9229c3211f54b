package allmende.app.federation.exchange;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** At a site: the tasks that it has taken. */
interface Tasks {

    /** Keeps a new task; false if one of this id is known. */
    boolean receive(Inbound task);

    /** A task by its id. */
    Optional<Inbound> task(String id);

    /** Tasks in this state, oldest first. */
    List<Inbound> tasks(Inbound.State state, int max);

    /** How many tasks are in this state. */
    int count(Inbound.State state);

    /** Replaces what is kept of a task. */
    void update(Inbound task);

    /** Forgets done tasks that were received before this. */
    void forgetTasks(Instant received);
}
