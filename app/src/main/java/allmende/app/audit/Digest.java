package allmende.app.audit;

import allmende.core.digest.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;

/** SHA-256, written in 64 small hexadecimal digits. */
final class Digest {

    static final int DIGITS = 64;

    private Digest() {}

    static String of(byte[] bytes, int length) {
        MessageDigest digest = Sha256.fresh();
        digest.update(bytes, 0, length);
        return HexFormat.of().formatHex(digest.digest());
    }
}
