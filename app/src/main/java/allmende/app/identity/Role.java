package allmende.app.identity;

/** What an account may do; one account may have several. */
public enum Role {
    /** Builds questions, asks the sites, selects data. */
    RESEARCHER,
    /** Works in the coordination office: confirms where researchers belong. */
    COORDINATION,
    /** Runs a site: sees its policy, pauses it, decides on waiting tasks. */
    SITE_STAFF,
    /** Gives roles, accepts sites, resets locks and quotas. */
    ADMIN;

    /** Name of the authority in the security context. */
    public String authority() {
        return "ROLE_" + name();
    }
}
