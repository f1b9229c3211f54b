package allmende.app.identity;

import java.util.List;

/** Where an administrator sees who has used up the portal's quota of questions, and sets it back. */
public interface QuotaDesk {

    /**
     * What an account has used.
     *
     * @param account number of the account
     * @param usedThisWeek questions within the last seven days
     * @param weekMax questions allowed in seven days
     * @param locked whether the account may not ask until somebody resets it
     */
    record Quota(long account, int usedThisWeek, int weekMax, boolean locked) {}

    /** All accounts that have asked this week or are locked. */
    List<Quota> quotas();

    /** Lets the account ask again; {@code by} is the name of the administrator. */
    void reset(long account, String by);
}
