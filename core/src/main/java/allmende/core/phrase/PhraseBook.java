package allmende.core.phrase;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The phrases of one language: a properties file in UTF-8 on the class path. */
public final class PhraseBook {

    private final String name;
    private final Map<String, String> phrases;

    private PhraseBook(String name, Map<String, String> phrases) {
        this.name = name;
        this.phrases = phrases;
    }

    /**
     * Reads {@code FOLDER/NAME_de.properties} or {@code FOLDER/NAME_en.properties}; English for every other language.
     *
     * @param path folder and name, for example {@code /allmende/explain/phrases}
     */
    public static PhraseBook read(String path, Locale language) {
        String file = path + (isGerman(language) ? "_de" : "_en") + ".properties";
        Properties properties = new Properties();
        try (InputStream stream = PhraseBook.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException("The class path has no " + file);
            }
            properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return new PhraseBook(
                file,
                properties.stringPropertyNames().stream()
                        .collect(Collectors.toUnmodifiableMap(key -> key, properties::getProperty)));
    }

    /** Whether the language is German; everything else is answered in English. */
    public static boolean isGerman(Locale language) {
        return language.getLanguage().equals("de");
    }

    /** Every key, sorted. */
    public Set<String> keys() {
        return new TreeSet<>(phrases.keySet());
    }

    /** The phrase; null where there is none. */
    public @Nullable String find(String key) {
        return phrases.get(key);
    }

    /**
     * The phrase.
     *
     * @throws IllegalStateException if there is none
     */
    public String get(String key) {
        String phrase = phrases.get(key);
        if (phrase == null) {
            throw new IllegalStateException(name + " has no phrase " + key);
        }
        return phrase;
    }

    /** The phrase with these texts in the places of {@code {0}}, {@code {1}} and so on. */
    public String fill(String key, List<String> arguments) {
        StringBuilder text = new StringBuilder();
        String phrase = get(key);
        int from = 0;
        for (int open = phrase.indexOf('{'); open >= 0; open = phrase.indexOf('{', from)) {
            int close = phrase.indexOf('}', open);
            int number = Integer.parseInt(phrase, open + 1, close, 10);
            text.append(phrase, from, open).append(number < arguments.size() ? arguments.get(number) : "");
            from = close + 1;
        }
        return text.append(phrase, from, phrase.length()).toString();
    }
}
