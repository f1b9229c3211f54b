package allmende.engine.load;

import allmende.core.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;

/** Logical ids of resources, and names made of content. */
final class Ids {

    private static final int ID_CHARS_MAX = 64;

    private Ids() {}

    /** Whether FHIR allows it as an id: 1 to 64 of {@code [A-Za-z0-9\-\.]}. */
    static boolean isLegal(String id) {
        if (id.isEmpty() || id.length() > ID_CHARS_MAX) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean legal =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
            if (!legal) {
                return false;
            }
        }
        return true;
    }

    /** A UUID (version 8: made by a rule of our own) that depends on the name alone. */
    static String named(String name) {
        ByteBuffer hash = ByteBuffer.wrap(Sha256.fresh().digest(name.getBytes(StandardCharsets.UTF_8)));
        long high = (hash.getLong() & ~0xf000L) | 0x8000L;
        long low = (hash.getLong() & ~(3L << 62)) | (1L << 63);
        return new UUID(high, low).toString();
    }

    /** SHA-256 of a stretch of bytes, in hexadecimal. */
    static String digest(Slice bytes) {
        MessageDigest digest = Sha256.fresh();
        digest.update(bytes.array(), bytes.from(), bytes.length());
        return HexFormat.of().formatHex(digest.digest());
    }
}
