package allmende.core.extraction;

import java.util.Locale;

/** The rules of an extraction by which something is left out; those of consent have codes of their own. */
public enum ExclusionRule {
    /** There is no patient with this id. */
    PATIENT_UNKNOWN(ExclusionStage.COHORT),
    /** Someone speaks of the patient, but there is no Patient resource. */
    PATIENT_ABSENT(ExclusionStage.COHORT),
    /** The resource claims none of the profiles of the groups. */
    PROFILE_NOT_CLAIMED(ExclusionStage.SELECTION),
    /** It has none of the codes that the group's filter names. */
    FILTER_CODE(ExclusionStage.SELECTION),
    /** Its date lies outside of the filter's days, or it has none. */
    FILTER_DATE(ExclusionStage.SELECTION),
    /** It carries a modifier extension, which nobody may leave out and few understand. */
    MODIFIER_EXTENSION(ExclusionStage.SELECTION),
    /** No resource that is handed out refers to it, and its group is wanted only so. */
    NOT_REFERRED_TO(ExclusionStage.REFERENCE),
    /** The resource has not all fields of the group that must be there. */
    FIELD_MISSING(ExclusionStage.MUST_HAVE),
    /** The patient has no resource of a group whose fields must be there. */
    GROUP_EMPTY(ExclusionStage.MUST_HAVE),
    /** A link that must be there leads to nothing that is handed out. */
    LINK_LOST(ExclusionStage.CASCADE),
    /** Everything that referred to it was left out. */
    PARENTS_LOST(ExclusionStage.CASCADE),
    /** The rules of de-identification keep nothing of it. */
    NOTHING_KEPT(ExclusionStage.DE_IDENTIFICATION);

    private final ExclusionStage stage;

    ExclusionRule(ExclusionStage stage) {
        this.stage = stage;
    }

    /** The step that the rule belongs to. */
    public ExclusionStage stage() {
        return stage;
    }

    /** The rule in reports: small letters and hyphens; stable. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
