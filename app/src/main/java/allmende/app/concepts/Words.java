package allmende.app.concepts;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How words and codes are written down so that spellings of the same meet. The same rules serve index and query. */
final class Words {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern NOT_OF_CODES = Pattern.compile("[^a-z0-9]+");

    /** Words that a person types but that say nothing about what is meant. */
    private static final Set<String> SMALL = Set.of(
            "der",
            "die",
            "das",
            "des",
            "dem",
            "den",
            "und",
            "oder",
            "mit",
            "bei",
            "im",
            "in",
            "am",
            "an",
            "auf",
            "von",
            "vom",
            "zu",
            "zur",
            "zum",
            "durch",
            "als",
            "fur",
            "eine",
            "einer",
            "eines",
            "ein",
            "of",
            "the",
            "and",
            "or",
            "with",
            "by",
            "to",
            "for",
            "on",
            "at",
            "a",
            "patient",
            "patients",
            "patienten");

    private Words() {}

    /** The words of a text, folded. */
    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        for (String word : BETWEEN_WORDS.split(text)) {
            String folded = folded(word);
            if (!folded.isEmpty()) {
                words.add(folded);
            }
        }
        return words;
    }

    /** The words of a query: without small ones, unless there are no others. */
    static List<String> asked(String text) {
        List<String> words = of(text);
        List<String> telling =
                words.stream().filter(word -> !SMALL.contains(word)).distinct().toList();
        return telling.isEmpty() ? words : telling;
    }

    /** A whole name as one term. */
    static String name(String text) {
        return String.join(" ", of(text));
    }

    /**
     * Lower case; ä, ae and a are one, so are ö, oe, o and ü, ue, u; ß is ss; other marks vanish. Both the person who
     * types without umlauts and the one who spells them out find the word, at the price of few words falling together.
     */
    static String folded(String word) {
        String plain = word.toLowerCase(Locale.ROOT).replace("ß", "ss");
        plain = MARKS.matcher(Normalizer.normalize(plain, Normalizer.Form.NFD)).replaceAll("");
        return plain.replace("ae", "a").replace("oe", "o").replace("ue", "u");
    }

    /**
     * A folded word as it sounds in German and English alike: Carcinom, Karzinom and carcinoma begin the same, and so do
     * Kardiomyopathie and cardiomyopathy.
     */
    static String sound(String folded) {
        StringBuilder sound = new StringBuilder(folded.length());
        String text =
                folded.replace("ph", "f").replace("th", "t").replace("rh", "r").replace("ie", "i");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            char heard =
                    switch (c) {
                        case 'c' -> next == 'e' || next == 'i' || next == 'y' ? 'z' : next == 'k' ? ' ' : 'k';
                        case 'y' -> 'i';
                        default -> c;
                    };
            boolean doubled =
                    !sound.isEmpty() && sound.charAt(sound.length() - 1) == heard && Character.isLetter(heard);
            if (heard != ' ' && !doubled) {
                sound.append(heard);
            }
        }
        return sound.toString();
    }

    /** A code without its points, dashes and marks, in lower case: {@code I50.1}, {@code i501} and {@code I50.1!} are one. */
    static String code(String code) {
        return NOT_OF_CODES.matcher(code.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    /** Whether a text may be a code or its beginning: one piece, at least one digit. */
    static boolean mayBeCode(String text) {
        return !text.isBlank()
                && text.strip().length() <= 40
                && text.strip().chars().noneMatch(Character::isWhitespace)
                && text.chars().anyMatch(Character::isDigit);
    }
}
