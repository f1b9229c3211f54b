package allmende.app.release;

/**
 * What may still be spent, in units of ε.
 *
 * @param requester what the requester has left
 * @param portal what the portal has left, all its requesters together
 */
public record Balance(double requester, double portal) {}
