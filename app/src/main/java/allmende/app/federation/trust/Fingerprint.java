package allmende.app.federation.trust;

import allmende.core.digest.Sha256;
import java.util.Locale;

/**
 * The short form of a key for people: six groups of four characters, 120 bits of the SHA-256 of its thumbprint, in an
 * alphabet without characters that look or sound alike when read out.
 */
public final class Fingerprint {

    private static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final int GROUPS = 6;
    private static final int GROUP = 4;
    private static final int BITS = 5;

    private Fingerprint() {}

    /** The fingerprint of this key. */
    public static String of(VerifyingKey key) {
        return of(key.thumbprint());
    }

    /** The fingerprint of the key with this thumbprint. */
    public static String of(String thumbprint) {
        byte[] hash = Sha256.of(thumbprint);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP; i++) {
            if (i > 0 && i % GROUP == 0) {
                text.append('-');
            }
            text.append(ALPHABET.charAt(bits(hash, i * BITS)));
        }
        return text.toString();
    }

    /** Whether a person's input, in capitals or not, with whatever between the groups, is this fingerprint. */
    public static boolean matches(String typed, String fingerprint) {
        return bare(typed).equals(bare(fingerprint));
    }

    private static String bare(String text) {
        return text.toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", "");
    }

    private static int bits(byte[] bytes, int from) {
        int value = 0;
        for (int bit = from; bit < from + BITS; bit++) {
            value = (value << 1) | ((bytes[bit / 8] >> (7 - bit % 8)) & 1);
        }
        return value;
    }
}
