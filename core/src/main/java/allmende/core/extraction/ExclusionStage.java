package allmende.core.extraction;

import java.util.Locale;

/** The step of an extraction that left a patient or a resource out, in the order of the steps. */
public enum ExclusionStage {
    /** Before anything was read: who is asked for is not there. */
    COHORT("Personen", "People"),
    /** The patient's consent does not permit it. */
    CONSENT("Einwilligung", "Consent"),
    /** It is none of the resources that a group asks for. */
    SELECTION("Auswahl", "Selection"),
    /** It stands on its own but was asked for only as the target of a reference, and nothing refers to it. */
    REFERENCE("Verweise", "References"),
    /** A field that must be there is not. */
    MUST_HAVE("Pflichtfelder", "Required fields"),
    /** What it was linked to was left out. */
    CASCADE("Folge eines Ausschlusses", "Follows from another"),
    /** De-identification took it away. */
    DE_IDENTIFICATION("De-Identifizierung", "De-identification");

    private final String de;
    private final String en;

    ExclusionStage(String de, String en) {
        this.de = de;
        this.en = en;
    }

    /** Its name for people, in German or, for any other language, in English. */
    public String text(String language) {
        return language.equals("de") ? de : en;
    }

    /** The stage in reports: small letters and hyphens; stable. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
