package allmende.core.disclosure;

import java.util.List;

/** What the gate decided about a delivery. */
public sealed interface DeliveryDecision<T> {

    /** It may leave. */
    record Granted<T>(Released<Ticket<T>> ticket) implements DeliveryDecision<T> {}

    /** It stays. */
    record Refused<T>(DeliveryRefusal reason) implements DeliveryDecision<T> {}

    /**
     * A delivery and what allows it to leave.
     *
     * @param delivery what leaves
     * @param binding what it is bound to
     * @param approvedBy who approved it, two or more
     */
    record Ticket<T>(T delivery, DeliveryBinding binding, List<String> approvedBy) {

        /** Copies the list. */
        public Ticket {
            approvedBy = List.copyOf(approvedBy);
        }
    }
}
