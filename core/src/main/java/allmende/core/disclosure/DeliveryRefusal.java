package allmende.core.disclosure;

import java.util.Locale;

/** Why a delivery may not leave. */
public enum DeliveryRefusal {
    /** The project or the delivery was revoked. */
    STOPPED,
    /** Its time is over. */
    EXPIRED,
    /** A patient of it has withdrawn since it was built. */
    WITHDRAWN,
    /** The use and access committee has not voted for it. */
    NO_VOTE,
    /** Nobody has approved it. */
    NOT_APPROVED,
    /** One person has approved it; two are needed. */
    ONE_APPROVAL,
    /** The same person has approved it twice. */
    SAME_PERSON,
    /** Who built it has approved it. */
    BUILDER,
    /** Who approved it is not of the transfer office. */
    NOT_TRANSFER_OFFICE,
    /** What was approved is not what would leave now. */
    CHANGED;

    /** A stable code, as reports and messages use it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
