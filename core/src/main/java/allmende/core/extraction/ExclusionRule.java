package allmende.core.extraction;

import java.util.Locale;

/** The rules of an extraction by which something is left out; those of consent have codes of their own. */
public enum ExclusionRule {
    /** There is no patient with this id. */
    PATIENT_UNKNOWN(ExclusionStage.COHORT, "Diese Person gibt es hier nicht.", "There is no such patient here."),
    /** Someone speaks of the patient, but there is no Patient resource. */
    PATIENT_ABSENT(
            ExclusionStage.COHORT,
            "Zur Person gibt es keine Stammdaten.",
            "There is no Patient resource for the person."),
    /** The resource claims none of the profiles of the groups. */
    PROFILE_NOT_CLAIMED(
            ExclusionStage.SELECTION,
            "Nennt keines der verlangten Profile.",
            "Claims none of the profiles that are asked for."),
    /** It has none of the codes that the group's filter names. */
    FILTER_CODE(
            ExclusionStage.SELECTION, "Hat keinen der verlangten Codes.", "Has none of the codes that are asked for."),
    /** Its date lies outside of the filter's days, or it has none. */
    FILTER_DATE(
            ExclusionStage.SELECTION,
            "Liegt außerhalb des verlangten Zeitraums oder hat kein Datum.",
            "Lies outside of the days that are asked for, or has no date."),
    /** It carries a modifier extension, which nobody may leave out and few understand. */
    MODIFIER_EXTENSION(
            ExclusionStage.SELECTION,
            "Trägt einen Zusatz, der den Sinn verändern kann.",
            "Carries an extension that may change its meaning."),
    /** No resource that is handed out refers to it, and its group is wanted only so. */
    NOT_REFERRED_TO(
            ExclusionStage.REFERENCE,
            "Nur als Ziel eines Verweises verlangt, und nichts verweist darauf.",
            "Asked for as the target of a reference only, and nothing refers to it."),
    /** The resource has not all fields of the group that must be there. */
    FIELD_MISSING(
            ExclusionStage.MUST_HAVE, "Ein Feld, das da sein muss, fehlt.", "A field that must be there is missing."),
    /** The patient has no resource of a group whose fields must be there. */
    GROUP_EMPTY(
            ExclusionStage.MUST_HAVE,
            "Zur Person gibt es nichts aus einer Gruppe, die da sein muss.",
            "The person has nothing of a group that must be there."),
    /** A link that must be there leads to nothing that is handed out. */
    LINK_LOST(
            ExclusionStage.CASCADE,
            "Worauf es verweisen muss, geht nicht hinaus.",
            "What it must refer to does not leave."),
    /** Everything that referred to it was left out. */
    PARENTS_LOST(
            ExclusionStage.CASCADE,
            "Nichts von dem, was darauf verweist, geht hinaus.",
            "Nothing that refers to it leaves."),
    /** The rules of de-identification keep nothing of it. */
    NOTHING_KEPT(
            ExclusionStage.DE_IDENTIFICATION,
            "Die De-Identifizierung lässt nichts davon übrig.",
            "De-identification leaves nothing of it.");

    private final ExclusionStage stage;
    private final String de;
    private final String en;

    ExclusionRule(ExclusionStage stage, String de, String en) {
        this.stage = stage;
        this.de = de;
        this.en = en;
    }

    /** A sentence in German or, for any other language, in English. */
    public String text(String language) {
        return language.equals("de") ? de : en;
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
