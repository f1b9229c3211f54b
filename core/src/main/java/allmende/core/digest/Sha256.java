package allmende.core.digest;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104), 32 bytes each, of things that are in memory. */
public final class Sha256 {

    /** Name of the keyed form in the Java cryptography architecture. */
    public static final String HMAC = "HmacSHA256";

    private static final String NAME = "SHA-256";

    private Sha256() {}

    /** A fresh digest, for content that comes in pieces. */
    public static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance(NAME);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    /** Of these bytes. */
    public static byte[] of(byte[] content) {
        return fresh().digest(content);
    }

    /** Of a text in UTF-8. */
    public static byte[] of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of these bytes, in 64 small hexadecimal digits. */
    public static String hex(byte[] content) {
        return HexFormat.of().formatHex(of(content));
    }

    /** Of a text in UTF-8, in 64 small hexadecimal digits. */
    public static String hex(String text) {
        return HexFormat.of().formatHex(of(text));
    }

    /** Of a text in UTF-8 under a key: who has not the key can neither make it nor tell it from chance. */
    public static byte[] keyed(SecretKey key, String text) {
        return mac(key).doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A fresh keyed digest, for content that comes in pieces.
     *
     * @throws IllegalArgumentException if the key is none for it
     */
    public static Mac mac(SecretKey key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256", impossible);
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException("not a key of HMAC-SHA-256", e);
        }
    }
}
