package allmende.core.disclosure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets deliveries of patients' data out, or not. A delivery leaves only where two different people of the transfer office,
 * neither of whom built it, have approved exactly what would leave; where the committee has voted for it, its time is not over, nobody has stopped it, and
 * no patient of it has withdrawn since. Pure: the same facts give the same decision. To be asked before each step out, the
 * last one included.
 */
public final class DeliveryGate {

    /** So many people have to approve. */
    public static final int APPROVALS = 2;

    private DeliveryGate() {}

    /** Decides about a delivery. */
    public static <T> DeliveryDecision<T> decide(Unreleased<T> delivery, DeliveryCase facts, Instant now) {
        Optional<DeliveryRefusal> hindered = hindrance(facts, now);
        if (hindered.isPresent()) {
            return new DeliveryDecision.Refused<>(hindered.get());
        }
        Map<String, String> people = new LinkedHashMap<>();
        List<DeliveryRefusal> faults = new ArrayList<>();
        for (Approval approval : facts.approvals()) {
            Optional<DeliveryRefusal> fault = fault(approval, facts, now);
            if (fault.isPresent()) {
                faults.add(fault.get());
            } else if (people.putIfAbsent(Approval.folded(approval.person()), approval.person()) != null) {
                faults.add(DeliveryRefusal.SAME_PERSON);
            }
        }
        if (people.size() >= APPROVALS) {
            return new DeliveryDecision.Granted<>(new Released<>(
                    new DeliveryDecision.Ticket<>(delivery.content(), facts.binding(), List.copyOf(people.values()))));
        }
        return new DeliveryDecision.Refused<>(
                faults.isEmpty()
                        ? people.isEmpty() ? DeliveryRefusal.NOT_APPROVED : DeliveryRefusal.ONE_APPROVAL
                        : faults.getLast());
    }

    /**
     * Asks beforehand whether somebody's approval would count, so that they can be told at once.
     *
     * @return why it would not; nothing where it would
     */
    public static Optional<DeliveryRefusal> mayApprove(Approval approval, DeliveryCase facts, Instant now) {
        Optional<DeliveryRefusal> hindered = hindrance(facts, now);
        if (hindered.isPresent()) {
            return hindered;
        }
        Optional<DeliveryRefusal> fault = fault(approval, facts, now);
        boolean again = facts.approvals().stream()
                .filter(given -> fault(given, facts, now).isEmpty())
                .anyMatch(given -> Approval.same(given.person(), approval.person()));
        return fault.isEmpty() && again ? Optional.of(DeliveryRefusal.SAME_PERSON) : fault;
    }

    /** What stands against the delivery, whoever approves it. */
    private static Optional<DeliveryRefusal> hindrance(DeliveryCase facts, Instant now) {
        if (facts.withdrawn() > 0) {
            return Optional.of(DeliveryRefusal.WITHDRAWN);
        }
        if (facts.stopped()) {
            return Optional.of(DeliveryRefusal.STOPPED);
        }
        if (!now.isBefore(facts.binding().expiry())) {
            return Optional.of(DeliveryRefusal.EXPIRED);
        }
        CommitteeVote vote = facts.binding().vote();
        return vote != null && vote.positive() ? Optional.empty() : Optional.of(DeliveryRefusal.NO_VOTE);
    }

    /** Why an approval does not count. */
    private static Optional<DeliveryRefusal> fault(Approval approval, DeliveryCase facts, Instant now) {
        if (approval.role() != Approval.Role.TRANSFER_OFFICE) {
            return Optional.of(DeliveryRefusal.NOT_TRANSFER_OFFICE);
        }
        if (Approval.same(approval.person(), facts.builtBy())) {
            return Optional.of(DeliveryRefusal.BUILDER);
        }
        // a word from the future was not given on this binding either: a clock was set back, or somebody wrote it in
        boolean exact = approval.bindingHash().equals(facts.binding().hash())
                && !approval.at().isAfter(now);
        return exact ? Optional.empty() : Optional.of(DeliveryRefusal.CHANGED);
    }
}
