package allmende.core.disclosure;

import java.util.List;

/**
 * What the gate decides about a delivery by.
 *
 * @param binding what would leave now; worked out from what is there now, not from what was there when people approved
 * @param builtBy who built it
 * @param approvals every word that was given, also for earlier bindings
 * @param stopped whether somebody has revoked the project or stopped the delivery
 * @param withdrawn how many patients of it have withdrawn what permitted it since it was built
 */
public record DeliveryCase(
        DeliveryBinding binding, String builtBy, List<Approval> approvals, boolean stopped, int withdrawn) {

    /** Copies the list. */
    public DeliveryCase {
        approvals = List.copyOf(approvals);
    }
}
