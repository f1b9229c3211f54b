package allmende.app.federation.exchange;

import allmende.app.federation.TaskKind;
import java.time.Instant;

/**
 * What a portal has asked.
 *
 * @param key the caller's name for it
 * @param body the Task without recipient
 */
record Question(String id, String key, TaskKind kind, String body, Instant asked, Instant deadline) {}
