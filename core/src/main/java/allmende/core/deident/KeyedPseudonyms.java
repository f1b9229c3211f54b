package allmende.core.deident;

import allmende.core.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Pseudonyms by a keyed hash (HMAC-SHA-256, its first 128 bits in hexadecimal), for a site without a pseudonym service: nobody
 * resolves them but who has the key and the originals. Thread-safe.
 */
public final class KeyedPseudonyms implements PseudonymSource {

    private static final int DIGITS = 32;

    private final SecretKey key;

    /**
     * By a key of the project: the pseudonyms of two projects can't be linked.
     *
     * @param secret the key, at least 16 bytes
     */
    public KeyedPseudonyms(byte[] secret) {
        this.key = new SecretKeySpec(secret, Sha256.HMAC);
    }

    @Override
    public Map<String, String> pseudonyms(String domain, Set<String> originals) {
        Map<String, String> made = new HashMap<>();
        for (String original : originals) {
            // the length first, so that a domain can't pass for the beginning of an original
            byte[] hash = Sha256.keyed(key, domain.getBytes(StandardCharsets.UTF_8).length + ":" + domain + original);
            made.put(original, HexFormat.of().formatHex(hash).substring(0, DIGITS));
        }
        return made;
    }

    /** Says nothing about the key. */
    @Override
    public String toString() {
        return "KeyedPseudonyms";
    }
}
