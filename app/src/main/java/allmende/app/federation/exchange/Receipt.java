package allmende.app.federation.exchange;

import allmende.app.federation.trust.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * What a recipient says to a message that was sent to it.
 *
 * @param taken number up to which it has durably taken all messages of the sender; -1 if it does not say
 * @param refused why it did not take this one; null if it did
 */
public record Receipt(long taken, @Nullable Rejection refused) {

    static Receipt refused(Rejection reason) {
        return new Receipt(-1, reason);
    }
}
