package allmende.core.disclosure;

import java.time.Instant;

/**
 * One answer in a site's ledger.
 *
 * @param at when it was given first
 * @param portal the portal that asked
 * @param requester the requester's pseudonym at that portal
 * @param question SHA-256 of the canonical question, hexadecimal
 * @param t the snapshot that was counted
 * @param epsilon what was charged to the requester
 * @param portalEpsilon what was charged to the portal: nothing where another requester of the portal has had this answer
 */
public record LedgerEntry(
        Instant at, String portal, String requester, String question, long t, double epsilon, double portalEpsilon) {}
