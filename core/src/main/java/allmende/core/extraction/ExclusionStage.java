package allmende.core.extraction;

import java.util.Locale;

/** The step of an extraction that left a patient or a resource out, in the order of the steps. */
public enum ExclusionStage {
    /** Before anything was read: who is asked for is not there. */
    COHORT,
    /** The patient's consent does not permit it. */
    CONSENT,
    /** It is none of the resources that a group asks for. */
    SELECTION,
    /** It stands on its own but was asked for only as the target of a reference, and nothing refers to it. */
    REFERENCE,
    /** A field that must be there is not. */
    MUST_HAVE,
    /** What it was linked to was left out. */
    CASCADE,
    /** De-identification took it away. */
    DE_IDENTIFICATION;

    /** The stage in reports: small letters and hyphens; stable. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
