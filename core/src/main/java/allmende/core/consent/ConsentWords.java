package allmende.core.consent;

import allmende.core.consent.ConsentExplanation.Declaration;
import allmende.core.consent.ConsentExplanation.Step;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells an explanation in German or English, the same for commands and pages. */
public final class ConsentWords {

    private static final String GERMAN = "de";

    private final boolean german;
    private final DateTimeFormatter dates;

    /** In German for {@code de}, in English for any other language. */
    public ConsentWords(String language) {
        this.german = language.equals(GERMAN);
        this.dates = german
                ? DateTimeFormatter.ofPattern("d. MMM yyyy", Locale.GERMANY)
                : DateTimeFormatter.ofPattern("d MMM yyyy", Locale.UK);
    }

    /** The language that it tells in. */
    public String language() {
        return german ? GERMAN : "en";
    }

    private String say(String de, String en) {
        return german ? de : en;
    }

    /** A day. */
    public String day(LocalDate day) {
        return day.format(dates);
    }

    /** A period; open bounds in words. */
    public String period(LocalDate from, LocalDate until) {
        boolean open = until.equals(LocalDate.MAX);
        if (from.equals(LocalDate.MIN)) {
            return open ? say("ohne Grenzen", "without bounds") : say("bis ", "until ") + day(until);
        }
        return open ? say("ab ", "from ") + day(from) : day(from) + say(" bis ", " to ") + day(until);
    }

    /** The stretches of a set of days, separated by commas. */
    public String days(DayIntervals days) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < days.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(period(date(days.from(i)), date(days.until(i))));
        }
        return text.toString();
    }

    private static LocalDate date(int day) {
        return day == DayIntervals.FIRST
                ? LocalDate.MIN
                : day == DayIntervals.LAST ? LocalDate.MAX : LocalDate.ofEpochDay(day);
    }

    /** When something was declared. */
    public String declared(@Nullable LocalDate from, @Nullable LocalDate until) {
        if (from == null || until == null) {
            return say("ohne Datum", "undated");
        }
        return from.equals(until)
                ? day(from)
                : say("zwischen ", "between ") + day(from) + say(" und ", " and ") + day(until);
    }

    /** In which form and status a Consent came. */
    public String kind(Declaration declaration) {
        String form =
                switch (declaration.form()) {
                    case "policy" -> say("einzelne Policy", "single policy");
                    case "consent-status" -> say("berechneter Stand", "computed state");
                    default -> say("Dokument", "document");
                };
        return form + ", " + (declaration.status().isEmpty() ? say("ohne Status", "no status") : declaration.status());
    }

    /** Whether something is permitted. */
    public String permitted(boolean permitted) {
        return permitted ? say("erlaubt", "permitted") : say("nicht erlaubt", "not permitted");
    }

    /** What kind of statement a step is. */
    public String type(Step step) {
        String type = step.permit() ? say("Erlaubnis", "permit") : say("Ablehnung", "denial");
        if (step.named() == 0) {
            return type + say(" für alle Policies", " for all policies");
        }
        return type + say(" von .", " of .") + step.named();
    }

    /**
     * What becomes of a step.
     *
     * @param deciding the step that decides about the same policy; null where none does
     */
    public String effect(Step step, @Nullable Step deciding) {
        return switch (step.effect()) {
            case DECIDES -> say("entscheidet", "decides");
            case OVERRIDDEN ->
                say("überholt durch ", "overridden by ")
                        + (deciding == null ? "" : "Consent/" + deciding.consent() + " " + deciding.path());
            case ENDED ->
                step.shortened()
                        ? say("beendet, weil die Gültigkeit der Policy endet", "has ended with the policy's validity")
                        : say("beendet", "has ended");
            case NOT_BEGUN -> say("noch nicht begonnen", "has not begun yet");
            case NOT_DECLARED -> say("erst nach diesem Tag erklärt", "declared only after that day");
        };
    }

    /** The answer in one sentence. */
    public String answer(ConsentExplanation explained) {
        return explained
                .refusal()
                .map(reason -> say("Nichts darf für Forschung genutzt werden. ", "Nothing may be used for research. ")
                        + reason.text(language()))
                .orElseGet(() -> say(
                                "Nutzung für Forschung ist erlaubt, mit Daten aus dieser Zeit: ",
                                "Use for research is permitted, with data of this time: ")
                        + days(explained.window()));
    }
}
