package allmende.core.profile;

import java.util.Locale;

/** The same words in German and English. */
public record Words(String de, String en) {

    /** German for German readers, else English. */
    public String in(Locale locale) {
        return locale.getLanguage().equals(Locale.GERMAN.getLanguage()) ? de : en;
    }
}
