package allmende.app.identity;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an account may do; one account may have several. What each may do at a site is in {@link SiteRights}. */
public enum Role {
    /** Builds questions, asks the sites, selects data. */
    RESEARCHER,
    /** Works in the coordination office: confirms where researchers belong. */
    COORDINATION,
    /** Gives roles, accepts sites, resets locks and quotas. */
    ADMIN,
    /** Runs a site: loads and corrects data, sees its policy, pauses it, decides on waiting tasks. */
    SITE_ENGINEER,
    /** Answers for the quality of a site's data: reads it, the quarantine and the quality page. */
    DATA_STEWARD,
    /** Hands out what a project was granted: the desk and its ledger. */
    TRANSFER_OFFICE,
    /** Sits in the use and access committee: sees what has left the site. */
    UAC_MEMBER,
    /** Works in the trust centre: keeps pseudonyms, and grants what others ask to resolve. */
    TRUST_CENTRE,
    /** Treats patients: reads their data. */
    PHYSICIAN,
    /** Checks medication: reads patients' data. */
    PHARMACIST,
    /** Reads their own data and nothing else. */
    PATIENT,
    /** Sees who accessed what, and no patient data besides. */
    AUDITOR;

    /** How earlier versions called {@link #SITE_ENGINEER}. */
    private static final String FORMER_ENGINEER = "site-staff";

    /** Name of the authority in the security context. */
    public String authority() {
        return "ROLE_" + name();
    }

    /** As it is written in files and commands: small letters with hyphens. */
    public String written() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The role that is written so. */
    public static Optional<Role> ofWritten(String text) {
        return text.equals(FORMER_ENGINEER)
                ? Optional.of(SITE_ENGINEER)
                : Arrays.stream(values())
                        .filter(role -> role.written().equals(text))
                        .findFirst();
    }

    /** The roles that mean something at a site. */
    public static List<Role> atSite() {
        return List.of(
                SITE_ENGINEER,
                DATA_STEWARD,
                TRANSFER_OFFICE,
                UAC_MEMBER,
                TRUST_CENTRE,
                PHYSICIAN,
                PHARMACIST,
                PATIENT,
                AUDITOR);
    }

    /** The roles that mean something at a portal. */
    public static List<Role> atPortal() {
        return List.of(RESEARCHER, COORDINATION, ADMIN);
    }
}
