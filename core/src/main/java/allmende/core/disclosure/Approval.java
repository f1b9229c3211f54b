package allmende.core.disclosure;

import java.time.Instant;
import java.util.Locale;

/**
 * Somebody's word that a delivery may leave.
 *
 * @param person name of the account
 * @param role what the person was when they approved
 * @param at when
 * @param bindingHash what they approved, as {@link DeliveryBinding#hash()} names it
 */
public record Approval(String person, Role role, Instant at, String bindingHash) {

    /** What somebody who approves can be. */
    public enum Role {
        /** Of the transfer office, whose word counts. */
        TRANSFER_OFFICE,
        /** Anything else. */
        OTHER
    }

    /** Whether both names are the same person's: case and space around do not make another. */
    static boolean same(String one, String other) {
        return folded(one).equals(folded(other));
    }

    static String folded(String person) {
        return person.strip().toLowerCase(Locale.ROOT);
    }
}
