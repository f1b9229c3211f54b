package allmende.app.web;

import java.util.Locale;

/**
 * A ready question.
 *
 * @param id part of its address
 * @param title the question in words, German and English
 * @param query the CCDL document, German and English: they differ only in their displays
 */
public record Question(String id, Text title, Text query) {

    /** The same in both languages of the pages. */
    public record Text(String german, String english) {

        /** The text in German or, for every other language, in English. */
        public String in(Locale language) {
            return language.getLanguage().equals(Locale.GERMAN.getLanguage()) ? german : english;
        }
    }
}
