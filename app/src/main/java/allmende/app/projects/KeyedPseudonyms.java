package allmende.app.projects;

import allmende.core.deident.PseudonymSource;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Pseudonyms by a keyed hash, for a site without a pseudonym service: nobody resolves them but who has the key and the originals. */
final class KeyedPseudonyms implements PseudonymSource {

    private static final int DIGITS = 32;

    private final SecretKey key;

    /** By a key of the project: the pseudonyms of two projects can't be linked. */
    KeyedPseudonyms(byte[] secret) {
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    @Override
    public Map<String, String> pseudonyms(String domain, Set<String> originals) {
        Map<String, String> made = new HashMap<>();
        for (String original : originals) {
            // the length first, so that a domain can't pass for the beginning of an original
            byte[] hash = Hashes.patient(key, domain.getBytes(StandardCharsets.UTF_8).length + ":" + domain + original);
            made.put(original, HexFormat.of().formatHex(hash).substring(0, DIGITS));
        }
        return made;
    }
}
