package allmende.app.federation.exchange;

import allmende.app.federation.TaskKind;
import allmende.app.federation.trust.Act;

/**
 * A message that waits to be sent.
 *
 * @param id the message's own id
 * @param body its text; of a question, the one without the recipient
 */
public record Outgoing(String id, Act act, TaskKind kind, String task, String body) {}
