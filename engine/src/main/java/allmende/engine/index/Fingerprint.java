package allmende.engine.index;

import allmende.core.cohort.Catalogue;
import allmende.core.terminology.Terminology;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether an index was built with the same rules and the same concept numbers. */
final class Fingerprint {

    private Fingerprint() {}

    static String of(Catalogue catalogue, Terminology terminology) {
        String text = catalogue + "\n" + terminology.fingerprint();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
