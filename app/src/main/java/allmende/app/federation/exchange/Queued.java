package allmende.app.federation.exchange;

/**
 * A message with its place in the queue to one recipient.
 *
 * @param number rises along the queue
 */
public record Queued(long number, Outgoing message) {}
