package allmende.core.deident.pseudonym;

import java.util.Arrays;
import java.util.Optional;

/**
 * The symbols of which pseudonyms are made. The order counts: it gives each symbol its value in check digits.
 *
 * @param symbols each once; letters and digits of ASCII, hyphen and underscore; 2 to 64 of them
 */
public record Alphabet(String symbols) {

    /** Hexadecimal digits. */
    public static final Alphabet HEX = new Alphabet("0123456789ABCDEF");

    /** Decimal digits. */
    public static final Alphabet DIGITS = new Alphabet("0123456789");

    /** Digits and capital letters without those that look alike: no 0, 1, I, L, O. Their number is prime. */
    public static final Alphabet SYMBOL31 = new Alphabet("23456789ABCDEFGHJKMNPQRSTUVWXYZ");

    /** Digits and capital letters without I, L, O, which look like digits, and U: five bits each. */
    public static final Alphabet SYMBOL32 = new Alphabet("0123456789ABCDEFGHJKMNPQRSTVWXYZ");

    private static final int SIZE_MIN = 2;
    private static final int SIZE_MAX = 64;

    /** Refuses what is no alphabet. */
    public Alphabet {
        if (!isOne(symbols)) {
            throw new IllegalArgumentException("not an alphabet");
        }
    }

    /** The alphabets that have a name. */
    public enum Named {
        /** {@link Alphabet#HEX}. */
        HEX(Alphabet.HEX),
        /** {@link Alphabet#DIGITS}. */
        DIGITS(Alphabet.DIGITS),
        /** {@link Alphabet#SYMBOL31}. */
        SYMBOL31(Alphabet.SYMBOL31),
        /** {@link Alphabet#SYMBOL32}. */
        SYMBOL32(Alphabet.SYMBOL32);

        // an alphabet is never changed; that can't be said to the checker without a library
        @SuppressWarnings("ImmutableEnumChecker")
        private final Alphabet alphabet;

        Named(Alphabet alphabet) {
            this.alphabet = alphabet;
        }

        /** The symbols behind the name. */
        public Alphabet alphabet() {
            return alphabet;
        }
    }

    /** The alphabet of these symbols; nothing where they are none. */
    public static Optional<Alphabet> of(String symbols) {
        return isOne(symbols) ? Optional.of(new Alphabet(symbols)) : Optional.empty();
    }

    private static boolean isOne(String symbols) {
        return symbols.length() >= SIZE_MIN
                && symbols.length() <= SIZE_MAX
                && symbols.chars().allMatch(Alphabet::isSymbol)
                && symbols.chars().distinct().count() == symbols.length();
    }

    private static boolean isSymbol(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    /** Number of symbols. */
    public int size() {
        return symbols.length();
    }

    /** Its name, where it is one of the named; else its symbols. */
    public String title() {
        return Arrays.stream(Named.values())
                .filter(named -> named.alphabet().equals(this))
                .map(Named::name)
                .findFirst()
                .orElse(symbols);
    }

    /** The values of a text's symbols; nothing where one of them is not of this alphabet. */
    Optional<int[]> values(String text) {
        int[] values = text.chars().map(symbols::indexOf).toArray();
        return Arrays.stream(values).allMatch(value -> value >= 0) ? Optional.of(values) : Optional.empty();
    }
}
