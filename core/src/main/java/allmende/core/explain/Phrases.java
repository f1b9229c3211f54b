package allmende.core.explain;

import allmende.core.phrase.PhraseBook;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;

/** The phrases in which queries are read. */
final class Phrases {

    private static final String FILE = "/allmende/explain/phrases";
    private static final Phrases GERMAN = new Phrases(Locale.GERMAN);
    private static final Phrases ENGLISH = new Phrases(Locale.ENGLISH);
    private static final Properties UNITS = units();

    private final Locale language;
    private final PhraseBook book;

    private Phrases(Locale language) {
        this.language = language;
        this.book = PhraseBook.read(FILE, language);
    }

    static Phrases in(Locale language) {
        return PhraseBook.isGerman(language) ? GERMAN : ENGLISH;
    }

    Locale language() {
        return language;
    }

    Set<String> keys() {
        return book.keys();
    }

    String get(String key) {
        return book.get(key);
    }

    String fill(String key, String... arguments) {
        return book.fill(key, List.of(arguments));
    }

    /** The phrase of a context, or the one for any context where it has none of its own. */
    String of(String context, String suffix) {
        String own = book.find(context.replace(' ', '_') + suffix);
        return own == null ? book.get("any" + suffix) : own;
    }

    String gender(String code) {
        String word = book.find("gender." + code);
        return word == null ? quoted(code) : word;
    }

    String quoted(String text) {
        return get("quote.open") + text + get("quote.close");
    }

    boolean hidesCodesOf(String system) {
        return List.of(get("code.hidden").split(" ")).contains(system);
    }

    static String unit(String ucum) {
        return UNITS.getProperty(ucum, ucum);
    }

    private static Properties units() {
        Properties units = new Properties();
        try (InputStream stream = Phrases.class.getResourceAsStream("/allmende/explain/units.properties")) {
            if (stream == null) {
                throw new IllegalStateException("The class path has no /allmende/explain/units.properties");
            }
            units.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return units;
    }
}
