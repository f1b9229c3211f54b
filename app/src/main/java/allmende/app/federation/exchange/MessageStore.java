package allmende.app.federation.exchange;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a party keeps of its messages, so that it survives the end of the program at any moment. */
public interface MessageStore {

    /**
     * Runs {@code work} as one transaction: all of what it writes is kept, or, if it throws, nothing. When this returns, it
     * is durable. Transactions that touch the same queue come one after the other.
     */
    <T extends @Nullable Object> T transaction(Function<Session, T> work);

    /** Runs {@code work} as one transaction that has no result. */
    default void write(Consumer<Session> work) {
        transaction(session -> {
            work.accept(session);
            return true;
        });
    }

    /** What one transaction can read and write. */
    interface Session extends Queues, Questions, Tasks, Parties {}
}
