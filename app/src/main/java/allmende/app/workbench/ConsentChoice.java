package allmende.app.workbench;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The four questions behind a combined consent code.
 *
 * @param distributed whether data stay at the sites; else they are brought together
 * @param european whether data stay under the level of protection of the GDPR; else they may leave it
 * @param insurance whether data of the health insurance are wanted too
 * @param recontact whether patients shall be contacted again
 */
record ConsentChoice(boolean distributed, boolean european, boolean insurance, boolean recontact) {

    private static final String YES = "yes";
    private static final Pattern CODE = Pattern.compile("(yes|no)-(yes|no)-(yes|no)-(yes|no)");

    static Optional<ConsentChoice> of(String code) {
        Matcher matcher = CODE.matcher(code);
        return matcher.matches()
                ? Optional.of(new ConsentChoice(
                        YES.equals(matcher.group(1)),
                        YES.equals(matcher.group(2)),
                        YES.equals(matcher.group(3)),
                        YES.equals(matcher.group(4))))
                : Optional.empty();
    }

    /** The code in the system {@link Consent#SYSTEM}. */
    String code() {
        return word(distributed) + "-" + word(european) + "-" + word(insurance) + "-" + word(recontact);
    }

    private static String word(boolean answer) {
        return answer ? YES : "no";
    }

    static String text(ConsentChoice choice, Words words) {
        return words.say(
                "workbench.consent.text",
                words.say("workbench.consent.distributed." + word(choice.distributed())),
                words.say("workbench.consent.european." + word(choice.european())),
                words.say("workbench.consent.insurance." + word(choice.insurance())),
                words.say("workbench.consent.recontact." + word(choice.recontact())));
    }
}
