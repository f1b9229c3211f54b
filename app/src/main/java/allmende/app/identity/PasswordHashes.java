package allmende.app.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * bcrypt of cost 12 over a digest of the whole password. bcrypt itself looks at no more than 72 bytes, which long
 * passphrases exceed; the digest is keyed with a name of its own, so that a leaked table of plain digests from elsewhere
 * does not fit. Plain bcrypt hashes of older files of users still match.
 */
final class PasswordHashes implements PasswordEncoder {

    private static final String PREFIX = "{hmac-sha384-bcrypt}";
    private static final byte[] PURPOSE = "allmende/password/1".getBytes(StandardCharsets.UTF_8);
    private static final String DIGEST = "HmacSHA384";
    private static final int STRENGTH = 12;
    private static final int BCRYPT_MAX_BYTES = 72;

    /**
     * The hash of no password: holding one against it is as much work as against a real one. Written down, as making it takes
     * a good part of a start. 22 characters of salt, 31 of a digest that does not come out.
     */
    static final String NOBODYS = PREFIX + "$2a$" + STRENGTH + "$" + "NobodyHasThisSaltAtAll" + ".".repeat(31);

    private final PasswordEncoder bcrypt = new BCryptPasswordEncoder(STRENGTH);

    @Override
    public String encode(@Nullable CharSequence password) {
        if (password == null) {
            throw new IllegalArgumentException("There is no password to hash");
        }
        return PREFIX + bcrypt.encode(digest(password));
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
        if (password == null || hash == null) {
            return false;
        }
        if (hash.startsWith(PREFIX)) {
            return bcrypt.matches(digest(password), hash.substring(PREFIX.length()));
        }
        return password.toString().getBytes(StandardCharsets.UTF_8).length <= BCRYPT_MAX_BYTES
                && bcrypt.matches(password, hash);
    }

    /** 64 characters without a zero byte, which bcrypt would stop at. */
    private static String digest(CharSequence password) {
        try {
            Mac mac = Mac.getInstance(DIGEST);
            mac.init(new SecretKeySpec(PURPOSE, DIGEST));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(
                            PasswordRules.normal(password.toString()).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + DIGEST, e);
        }
    }
}
