package allmende.core.deident.pseudonym;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the pseudonyms of a domain look like: a prefix, symbols drawn at random, check symbols over these.
 *
 * @param alphabet of what they are made
 * @param length how many symbols are drawn at random, without prefix and check symbols
 * @param check how the check symbols follow
 * @param prefix what all begin with; the check symbols don't look at it
 */
public record PseudonymForm(Alphabet alphabet, int length, CheckMethod check, String prefix) {

    /** Of how many possible pseudonyms at most one is in use. */
    public static final int SPARSITY = 10;

    private static final int LENGTH_MAX = 64;
    private static final int ROOM_MIN = 10;
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{0,32}");
    private static final int BYTE = 256;

    /** What a domain has for which nobody has said anything: 70 random bits, any two wrong symbols are found. */
    public static final PseudonymForm USUAL = new PseudonymForm(Alphabet.SYMBOL32, 14, CheckMethod.REED_SOLOMON, "");

    /** Refuses what {@link #of} refuses. */
    public PseudonymForm {
        FormRead.Fault fault = fault(alphabet, length, check, prefix);
        if (fault != null) {
            throw new IllegalArgumentException("pseudonyms can't have this form: " + fault);
        }
    }

    /** Puts a form together, if there can be one. */
    public static FormRead of(String symbols, int length, CheckMethod check, String prefix) {
        Alphabet alphabet = Alphabet.of(symbols).orElse(null);
        if (alphabet == null) {
            return new FormRead.Unusable(FormRead.Fault.ALPHABET);
        }
        FormRead.Fault fault = fault(alphabet, length, check, prefix);
        return fault == null
                ? new FormRead.Usable(new PseudonymForm(alphabet, length, check, prefix))
                : new FormRead.Unusable(fault);
    }

    private static FormRead.@Nullable Fault fault(Alphabet alphabet, int length, CheckMethod check, String prefix) {
        if (length < 1 || length > LENGTH_MAX) {
            return FormRead.Fault.LENGTH;
        }
        if (!PREFIX.matcher(prefix).matches()) {
            return FormRead.Fault.PREFIX;
        }
        if (!check.fits(alphabet.size())) {
            return FormRead.Fault.CHECK_ALPHABET;
        }
        if (length + check.symbols() > check.lengthMax(alphabet.size())) {
            return FormRead.Fault.CHECK_LENGTH;
        }
        return room(possible(alphabet, length)) < ROOM_MIN ? FormRead.Fault.TOO_FEW : null;
    }

    private static BigInteger possible(Alphabet alphabet, int length) {
        return BigInteger.valueOf(alphabet.size()).pow(length);
    }

    private static long room(BigInteger possible) {
        return possible.divide(BigInteger.valueOf(SPARSITY))
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValue();
    }

    /** How many different pseudonyms there are. */
    public BigInteger possible() {
        return possible(alphabet, length);
    }

    /**
     * How many a domain may hold: one in {@value #SPARSITY} of the possible ones. Beyond that, who guesses would often guess
     * right, and drawing anew would become slow.
     */
    public long room() {
        return room(possible());
    }

    /** One of the possible pseudonyms, each as likely as any other. */
    public String draw(SecureRandom random) {
        int size = alphabet.size();
        int fair = BYTE - BYTE % size; // bytes from here on would favour the first symbols
        int[] body = new int[length];
        byte[] bytes = new byte[length + 8];
        int drawn = 0;
        while (drawn < length) {
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length && drawn < length; i++) {
                int value = Byte.toUnsignedInt(bytes[i]);
                if (value < fair) {
                    body[drawn++] = value % size;
                }
            }
        }
        return word(body);
    }

    private String word(int[] body) {
        StringBuilder word = new StringBuilder(prefix);
        for (int value : body) {
            word.append(alphabet.symbols().charAt(value));
        }
        for (int value : check.of(body, alphabet.size())) {
            word.append(alphabet.symbols().charAt(value));
        }
        return word.toString();
    }

    /** Whether a text could be a pseudonym of this form: prefix, length, symbols and check symbols are right. */
    public boolean matches(String text) {
        if (!text.startsWith(prefix) || text.length() != prefix.length() + length + check.symbols()) {
            return false;
        }
        Optional<int[]> body = alphabet.values(text.substring(prefix.length(), prefix.length() + length));
        return body.isPresent() && word(body.get()).equals(text);
    }
}
