package allmende.app.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A secret that this machine's own commands show to the running site.
 *
 * @param value 64 hexadecimal digits
 */
public record LocalToken(String value) {

    private static final int BYTES = 32;

    /** A fresh one. */
    public static LocalToken fresh() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new LocalToken(HexFormat.of().formatHex(bytes));
    }

    /** Whether this is it; takes the same time for every wrong guess. */
    boolean matches(String candidate) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "LocalToken";
    }
}
