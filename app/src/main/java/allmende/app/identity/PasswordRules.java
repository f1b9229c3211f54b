package allmende.app.identity;

import java.text.Normalizer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which passwords are accepted, after NIST SP 800-63B-4 section 3.1.1.2 and BSI IT-Grundschutz ORP.4: length instead of
 * prescribed kinds of characters, every character of Unicode, no change at intervals, and no password that a guesser
 * tries first. The length is NIST's for a password that is the only factor.
 */
public final class PasswordRules {

    /** Fewer characters (code points) are refused. */
    public static final int MIN_CHARACTERS = 15;

    /** More are refused, so that nobody keeps the server busy with hashing; NIST asks for at least 64. */
    public static final int MAX_CHARACTERS = 128;

    /** A password that can be told in fewer pieces than this is one that a guesser tries early. */
    private static final int PIECES_MIN = 7;

    private static final int WORD_MIN_CHARACTERS = 4;
    private static final int PERIOD_MAX = 32;
    private static final int YEAR_CHARACTERS = 4;
    private static final Pattern YEAR = Pattern.compile("(19|20)[0-9]{2}");
    private static final int RUN_MIN_CHARACTERS = 3;

    /** What people reach for first, German and English; each word stands for its variants with digits and signs. */
    private static final List<String> COMMON = List.of(
            "password",
            "passwort",
            "kennwort",
            "geheim",
            "secret",
            "welcome",
            "willkommen",
            "hallo",
            "hello",
            "letmein",
            "lassmich",
            "admin",
            "administrator",
            "root",
            "user",
            "benutzer",
            "test",
            "demo",
            "gast",
            "guest",
            "master",
            "login",
            "changeme",
            "aendern",
            "default",
            "standard",
            "computer",
            "internet",
            "schatz",
            "liebe",
            "love",
            "iloveyou",
            "ichliebedich",
            "sonnenschein",
            "sunshine",
            "princess",
            "prinzessin",
            "dragon",
            "monkey",
            "football",
            "fussball",
            "baseball",
            "superman",
            "batman",
            "pokemon",
            "starwars",
            "michael",
            "daniel",
            "thomas",
            "andreas",
            "stefan",
            "sabine",
            "sommer",
            "summer",
            "winter",
            "herbst",
            "fruehling",
            "spring",
            "autumn",
            "januar",
            "februar",
            "maerz",
            "april",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "dezember",
            "january",
            "february",
            "march",
            "june",
            "july",
            "october",
            "december",
            "montag",
            "dienstag",
            "mittwoch",
            "donnerstag",
            "freitag",
            "samstag",
            "sonntag",
            "monday",
            "friday",
            "sunday",
            "berlin",
            "hamburg",
            "muenchen",
            "koeln",
            "deutschland",
            "germany",
            "bayern",
            "schalke",
            "dortmund",
            "trustno",
            "access",
            "whatever",
            "freedom",
            "shadow",
            "killer",
            "hunter",
            "flower",
            "blume",
            "cookie",
            "butterfly");

    /** What is near at hand here. */
    private static final List<String> CONTEXT = List.of(
            "allmende",
            "hospital",
            "krankenhaus",
            "klinik",
            "klinikum",
            "clinic",
            "patient",
            "patienten",
            "portal",
            "research",
            "researcher",
            "forschung",
            "forscher",
            "coordination",
            "koordination",
            "arzt",
            "doctor",
            "charite",
            "medizin",
            "medicine",
            "universitaet",
            "university");

    /** Neighbours on a keyboard, in the alphabet and among digits. */
    private static final List<String> ROWS = Stream.of(
                    "abcdefghijklmnopqrstuvwxyz",
                    "01234567890",
                    "qwertzuiopü",
                    "qwertyuiop",
                    "asdfghjklöä",
                    "yxcvbnm",
                    "zxcvbnm",
                    "1qay2wsx3edc4rfv5tgb",
                    "1qaz2wsx3edc4rfv5tgb")
            .flatMap(row -> Stream.of(row, new StringBuilder(row).reverse().toString()))
            .toList();

    private PasswordRules() {}

    /** Why a password is refused. */
    public enum Fault {
        /** Fewer than {@value #MIN_CHARACTERS} characters. */
        SHORT,
        /** More than {@value #MAX_CHARACTERS} characters. */
        LONG,
        /** Made of common words, what the person is called, repetitions or neighbouring keys. */
        GUESSABLE
    }

    /**
     * The first fault of a password, if it has any.
     *
     * @param own words about the person, such as names, address and institution, that the password should not be made of
     */
    public static Optional<Fault> fault(String password, Collection<String> own) {
        String text = normal(password);
        int length = text.codePointCount(0, text.length());
        if (length < MIN_CHARACTERS) {
            return Optional.of(Fault.SHORT);
        }
        if (length > MAX_CHARACTERS) {
            return Optional.of(Fault.LONG);
        }
        return pieces(plain(text), words(own)) < PIECES_MIN ? Optional.of(Fault.GUESSABLE) : Optional.empty();
    }

    /** The form that is hashed: however a keyboard composes a letter, it is the same letter. */
    static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    private static List<String> words(Collection<String> own) {
        return Stream.concat(
                        Stream.concat(COMMON.stream(), CONTEXT.stream()),
                        own.stream().flatMap(text -> Stream.of(plain(text).split("[^\\p{L}\\p{N}]+"))))
                .filter(word -> word.length() >= WORD_MIN_CHARACTERS)
                .toList();
    }

    /** Small letters, umlauts written out, the usual signs for letters undone where they stand beside letters. */
    private static String plain(String text) {
        String small = text.toLowerCase(Locale.ROOT)
                .replace("ä", "ae")
                .replace("ö", "oe")
                .replace("ü", "ue")
                .replace("ß", "ss");
        StringBuilder plain = new StringBuilder(small);
        for (int i = 0; i < plain.length(); i++) {
            boolean inWord = i > 0
                    && Character.isLetter(plain.charAt(i - 1))
                    && i + 1 < plain.length()
                    && (Character.isLetter(plain.charAt(i + 1)) || "01345@$!".indexOf(plain.charAt(i + 1)) >= 0);
            int sign = "01345@$!".indexOf(plain.charAt(i));
            if (inWord && sign >= 0) {
                plain.setCharAt(i, "oieasasi".charAt(sign));
            }
        }
        return plain.toString();
    }

    /** How many pieces a guesser has to put together: a word, a run or a repetition is one, any other character is one. */
    private static int pieces(String text, List<String> words) {
        int pieces = 0;
        int at = 0;
        while (at < text.length()) {
            at += Math.max(1, Math.max(word(text, at, words), Math.max(run(text, at), repetition(text, at))));
            pieces++;
        }
        return pieces;
    }

    private static int word(String text, int at, List<String> words) {
        if (YEAR.matcher(text).region(at, text.length()).lookingAt()) {
            return YEAR_CHARACTERS;
        }
        return words.stream()
                .filter(word -> text.startsWith(word, at))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    private static int run(String text, int at) {
        int longest = 0;
        for (String row : ROWS) {
            int start = row.indexOf(text.charAt(at));
            int length = 0;
            while (start >= 0
                    && start + length < row.length()
                    && at + length < text.length()
                    && row.charAt(start + length) == text.charAt(at + length)) {
                length++;
            }
            longest = Math.max(longest, length);
        }
        return longest >= RUN_MIN_CHARACTERS ? longest : 0;
    }

    /** Characters from here on that repeat the four, three, two or one before. */
    private static int repetition(String text, int at) {
        int longest = 0;
        for (int period = 1; period <= Math.min(at, PERIOD_MAX); period++) {
            int length = 0;
            while (at + length < text.length() && text.charAt(at + length) == text.charAt(at + length - period)) {
                length++;
            }
            if (length >= Math.min(period, 2)) {
                longest = Math.max(longest, length);
            }
        }
        return longest;
    }
}
