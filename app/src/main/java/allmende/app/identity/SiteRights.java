package allmende.app.identity;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What may be done at a site, and which role may do it. The one place where this is decided. */
public enum SiteRights {
    /** Read, vread, history and search of resources of any patient. */
    READ_DATA,
    /** The same, of one patient alone. */
    READ_OWN_DATA,
    /** Create, update, patch, delete. */
    WRITE_DATA,
    /** Bulk export of resources and tables. */
    EXPORT_DATA,
    /** Count patients; the answer is a number. */
    COUNT,
    /** See what could not be loaded, with its bytes. */
    QUARANTINE,
    /** See the ids of patients and resources that an extraction left out. */
    EXCLUSIONS,
    /** See the data-quality page. */
    QUALITY,
    /** See what single patients permit, and why. */
    CONSENT,
    /** See the desk and the ledger of what has left the site, and the trail of administrative acts. */
    DESK,
    /** Pause and resume answering, decide on waiting tasks, confirm the portal. */
    DESK_ACTS,
    /** See data use projects, what was delivered, and what has to be deleted. */
    PROJECTS,
    /** Request, check and build deliveries, and see rows of them before they leave. */
    PROJECT_BUILDS,
    /** Approve deliveries, send them off, revoke projects. */
    PROJECT_DECISIONS,
    /** Tell a patient what is held about them and who got it. */
    SUBJECTS,
    /** See who accessed what. */
    ACCESS_LOG,
    /** See which pseudonym domains there are and how full they are; neither pseudonyms nor originals. */
    PSEUDONYM_DOMAINS,
    /** Make domains and pseudonyms, delete them, ask to resolve and decide on others' requests. */
    PSEUDONYMS;

    /** What somebody with these roles may do. */
    public static Set<SiteRights> of(Collection<Role> roles) {
        Set<SiteRights> rights = EnumSet.noneOf(SiteRights.class);
        roles.forEach(role -> rights.addAll(of(role)));
        return rights;
    }

    private static Set<SiteRights> of(Role role) {
        return switch (role) {
            case SITE_ENGINEER ->
                EnumSet.of(
                        READ_DATA,
                        WRITE_DATA,
                        EXPORT_DATA,
                        COUNT,
                        QUARANTINE,
                        QUALITY,
                        DESK,
                        DESK_ACTS,
                        PROJECTS,
                        PROJECT_BUILDS);
            case DATA_STEWARD ->
                EnumSet.of(
                        EXCLUSIONS,
                        READ_DATA,
                        COUNT,
                        QUARANTINE,
                        QUALITY,
                        CONSENT,
                        PSEUDONYM_DOMAINS,
                        PROJECTS,
                        PROJECT_BUILDS,
                        SUBJECTS);
            case TRANSFER_OFFICE ->
                EnumSet.of(
                        COUNT,
                        QUALITY,
                        DESK,
                        DESK_ACTS,
                        PSEUDONYM_DOMAINS,
                        PROJECTS,
                        PROJECT_BUILDS,
                        PROJECT_DECISIONS);
            case UAC_MEMBER -> EnumSet.of(COUNT, DESK, PROJECTS);
            case TRUST_CENTRE -> EnumSet.of(PSEUDONYM_DOMAINS, PSEUDONYMS);
            case PHYSICIAN, PHARMACIST -> EnumSet.of(READ_DATA, COUNT);
            case PATIENT -> EnumSet.of(READ_OWN_DATA);
            case AUDITOR -> EnumSet.of(ACCESS_LOG);
            case RESEARCHER, COORDINATION, ADMIN -> EnumSet.noneOf(SiteRights.class);
        };
    }

    /** Authorities of the roles that have this right. */
    List<String> authorities() {
        return Arrays.stream(Role.values())
                .filter(role -> of(role).contains(this))
                .map(Role::authority)
                .toList();
    }

    /** The same, as Spring Security wants them. */
    String[] names() {
        return authorities().toArray(String[]::new);
    }
}
