package allmende.app.selection;

import java.util.Locale;

/** What programs are told beside the problems of a document, in both languages. {@code %s} is the argument. */
enum Told {
    MISSING("There is no such thing for this account.", "So etwas gibt es für dieses Konto nicht."),
    NO_QUESTION("There is no question %s for this account.", "Eine Frage %s gibt es für dieses Konto nicht."),
    STALE(
            "Somebody has changed it in between. Read it again and repeat the change.",
            "Jemand hat sie inzwischen geändert. Neu lesen und die Änderung wiederholen."),
    INVALID("The document can't be used; see problems.", "Das Dokument ist so nicht zu gebrauchen; siehe problems."),
    UNCONFIRMED(
            "The coordination office has not confirmed yet where you belong. Ask it to.",
            "Die Koordinierungsstelle hat noch nicht bestätigt, wo Sie forschen. Bitten Sie sie darum."),
    SLOWER(
            "Too many questions within a minute. Wait and ask again.",
            "Zu viele Fragen in einer Minute. Kurz warten und noch einmal fragen."),
    USED_UP(
            "The week's questions are used up. An administrator can let you ask again.",
            "Die Fragen dieser Woche sind verbraucht. Die Administration kann Sie wieder fragen lassen."),
    NOBODY_THERE(
            "No site takes part at present. Try again later.",
            "Zurzeit nimmt kein Standort teil. Später noch einmal versuchen."),
    UNFIT(
            "The question can't be asked: it has no inclusion criterion, or is too long.",
            "Diese Frage lässt sich nicht stellen: Sie hat kein Einschlusskriterium oder ist zu lang."),
    SLOTS_TAKEN(
            "All %s places for saved queries are taken. Delete one.",
            "Alle %s Plätze für gespeicherte Anfragen sind belegt. Löschen Sie eine."),
    OTHERS_QUERIES("Only administrators see what others keep.", "Was andere speichern, sieht nur die Administration."),
    SITE_NAMES(
            "Only administrators see the names of sites here.",
            "Die Namen der Standorte sieht hier nur die Administration."),
    JUST_LOOKED(
            "This result was looked at a moment ago. Wait before looking again.",
            "Dieses Ergebnis wurde eben erst angesehen. Vor dem nächsten Blick etwas warten.");

    private final String english;
    private final String german;

    Told(String english, String german) {
        this.english = english;
        this.german = german;
    }

    /** The sentence in the language of the locale. */
    String in(Locale locale, Object... arguments) {
        String sentence = locale.getLanguage().equals(Locale.GERMAN.getLanguage()) ? german : english;
        return String.format(Locale.ROOT, sentence, arguments);
    }
}
