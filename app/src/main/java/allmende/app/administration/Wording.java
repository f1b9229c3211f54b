package allmende.app.administration;

import java.util.Locale;

/** The same in both languages of the pages. */
public record Wording(String english, String german) {

    /** In the language of a page. */
    public String in(Locale locale) {
        return locale.getLanguage().equals(Locale.GERMAN.getLanguage()) ? german : english;
    }
}
