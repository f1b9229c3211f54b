package allmende.core.consent;

/**
 * Why something is withheld, or what is odd about a consent. Reports count by {@link #code()}, which stays as it is.
 * docs/implementation/consent.md tells for each of them what follows.
 */
public enum ConsentReason {
    NO_CONSENT("no-consent", "Es liegt keine Einwilligung vor.", "There is no consent."),
    USE_NOT_PERMITTED(
            "use-not-permitted",
            "Die wissenschaftliche Nutzung (.8) ist am Stichtag nicht erlaubt.",
            "Use for research (.8) is not permitted on the day."),
    NOTHING_COLLECTED(
            "nothing-collected",
            "Zu keiner Zeit durften medizinische Daten erhoben werden (.6).",
            "There was no time at which medical data could be collected (.6)."),
    OUTSIDE_COLLECTION(
            "outside-collection",
            "Liegt nicht ganz in der Zeit, in der Daten erhoben werden durften.",
            "Does not lie wholly within the time in which data could be collected."),
    NO_DATE("no-date", "Hat kein Datum, wo seine Art eines haben muss.", "Has no date where its type needs one."),
    ILLEGAL_DATE("illegal-date", "Hat ein Datum, das es nicht gibt.", "Has a date that does not exist."),
    PARTIAL_DATE(
            "partial-date",
            "Hat ein unvollständiges Datum, das nicht ganz in der erlaubten Zeit liegt.",
            "Has a partial date that is not wholly within the permitted time."),
    OPEN_PERIOD(
            "open-period",
            "Hat einen offenen Zeitraum, der nicht ganz in der erlaubten Zeit liegt.",
            "Has an open period that is not wholly within the permitted time."),
    TIMING("timing", "Hat einen Rhythmus ohne Datum.", "Has a rhythm without a date."),
    TYPE_WITHOUT_RULE(
            "type-without-rule",
            "Für diese Ressourcenart ist kein Datum festgelegt.",
            "No date is laid down for this type of resource."),
    NOT_ACTIVE(
            "consent-not-active",
            "Die Einwilligung ist nicht (mehr) aktiv: Erlaubnisse zählen nicht, Ablehnungen schon.",
            "The consent is not active (any more): permits do not count, denials do."),
    VOID(
            "consent-void",
            "Entwurf, Vorschlag oder irrtümlich erfasst: zählt gar nicht.",
            "Draft, proposal or entered in error: does not count at all."),
    UNDATED(
            "consent-undated",
            "Ohne Datum der Erklärung: Erlaubnisse zählen nicht, Ablehnungen immer.",
            "Without the " + "date of the declaration: permits do not count, denials always do."),
    PARTLY_DATED(
            "consent-partly-dated",
            "Unvollständiges Datum der Erklärung: Erlaubnisse gelten als früh, Ablehnungen als spät erklärt.",
            "Partial date of the declaration: permits count as declared early, denials as declared late."),
    UNKNOWN_POLICY(
            "policy-unknown",
            "Unbekannter Policy-Code: Gültigkeit unbekannt, er erlaubt nichts.",
            "Unknown policy code: its validity is not known, it permits nothing."),
    RETIRED_POLICY(
            "policy-retired", "Zurückgezogener Policy-Code: zählt weiterhin.", "Retired policy code: still counts."),
    PERMIT_WITHOUT_CODE(
            "permit-without-code",
            "Erlaubnis ohne Policy-Code: erlaubt nichts.",
            "A permit without a policy code" + " permits nothing."),
    DENIES_ALL(
            "denies-all",
            "Ablehnung, die keinen Code nennt: gilt für alle Policies.",
            "A denial that names no code holds for all policies."),
    NO_TYPE(
            "provision-without-type",
            "Regelung ohne Art: zählt als Ablehnung.",
            "A provision without a type counts" + " as a denial."),
    NESTED_TOO_DEEP(
            "provision-too-deep",
            "Regelung unter der zweiten Ebene: Erlaubnisse zählen nicht, Ablehnungen schon.",
            "Provision below the second level: permits do not count, denials do."),
    CONDITIONAL(
            "provision-conditional",
            "Erlaubnis unter Bedingungen, die hier nicht geprüft werden: zählt nicht.",
            "A permit under conditions that are not checked here does not count."),
    PERIOD_ILLEGAL(
            "period-illegal",
            "Zeitraum mit falschem Datum: Erlaubnisse zählen nicht, Ablehnungen ohne Grenze.",
            "Period with an impossible date: permits do not count, denials do without bounds."),
    PERIOD_PARTIAL(
            "period-partial",
            "Unvollständiges Datum im Zeitraum: Erlaubnisse eng, Ablehnungen weit gelesen.",
            "Partial date in a period: permits are read as narrow, denials as wide."),
    PERIOD_WITHOUT_START(
            "period-without-start",
            "Zeitraum ohne Beginn: Erlaubnisse ab der Erklärung, Ablehnungen seit jeher.",
            "Period without a start: permits from the declaration on, denials since ever."),
    PERIOD_WITHOUT_END(
            "period-without-end",
            "Zeitraum ohne Ende: gilt, solange die Policy gültig ist.",
            "Period without an end: holds as long as the policy is valid."),
    PERIOD_CUT(
            "period-cut",
            "Erlaubnis über den äußeren Zeitraum hinaus: auf ihn gekürzt.",
            "A permit beyond the outer period is cut to that.");

    private final String code;
    private final String de;
    private final String en;

    ConsentReason(String code, String de, String en) {
        this.code = code;
        this.de = de;
        this.en = en;
    }

    /** A stable code for reports. */
    public String code() {
        return code;
    }

    /** A sentence in German or, for any other language, in English. */
    public String text(String language) {
        return language.equals("de") ? de : en;
    }
}
