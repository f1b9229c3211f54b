package allmende.app.federation.exchange;

import allmende.app.federation.PartyId;
import allmende.app.federation.TaskKind;
import allmende.app.federation.trust.Act;
import java.util.List;
import java.util.Map;

/** Both directions between the own party and another: what waits to be sent, and up to which number all was taken. */
interface Queues {

    /** Number of the last message taken from this party; 0 for none. */
    long taken(PartyId from);

    /** Parties of these that have taken more than was ever sent to them. */
    default List<PartyId> ahead(Map<PartyId, Long> taken) {
        return taken.entrySet().stream()
                .filter(each -> each.getValue() > sent(each.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Notes that messages up to this number are taken. */
    void take(PartyId from, long number);

    /** Puts a message at the end of the queue; its number is greater than all before. */
    long append(PartyId to, Outgoing message);

    /** The first messages after this number, in order. */
    List<Queued> queued(PartyId to, long after, int max);

    /** Parties for which so many messages wait, or more. */
    List<PartyId> crowded(int messages);

    /** How many messages wait. */
    int waiting(PartyId to);

    /** Forgets messages up to this number: the recipient has them. */
    void settle(PartyId to, long number);

    /** The same for several parties. */
    default void settle(Map<PartyId, Long> taken) {
        taken.forEach(this::settle);
    }

    /** The last number given to a message for this party. */
    long sent(PartyId to);

    /** Numbers the whole queue, and what comes, above {@code number}: the recipient knows greater ones than this store. */
    void renumber(PartyId to, long number);

    /** Begins anew in both directions, with nothing queued: the party has a new key and perhaps a new memory. */
    void reset(PartyId party);

    /** Takes messages of this kind out of the queue: newer ones replace them. */
    void withdraw(PartyId to, Act act, TaskKind kind);

    /** Takes messages of this task out of the queue. */
    void withdraw(PartyId to, String task);
}
