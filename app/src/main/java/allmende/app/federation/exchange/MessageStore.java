package allmende.app.federation.exchange;

import java.util.function.Function;

/** What a party keeps of its messages, so that it survives the end of the program at any moment. */
public interface MessageStore {

    /**
     * Runs {@code work} as one transaction: all of what it writes is kept, or, if it throws, nothing. When this returns, it
     * is durable. Transactions that touch the same queue come one after the other.
     */
    <T> T transaction(Function<Session, T> work);

    /** What one transaction can read and write. */
    interface Session extends Queues, Questions, Tasks, Parties {}
}
