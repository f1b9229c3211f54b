package allmende.app.federation.exchange;

import allmende.app.federation.TaskKind;
import java.time.Instant;

/**
 * What a portal has asked.
 *
 * @param body the Task without recipient
 */
record Question(String id, TaskKind kind, String body, Instant asked, Instant deadline) {}
