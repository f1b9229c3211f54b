package allmende.core.deident;

import allmende.core.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.random.RandomGenerator;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of a data use project, from which its hashes, shifts and noise follow. Who has it can link what was released
 * to what the hospital keeps; two projects with different keys can't link theirs. Each purpose has a key of its own
 * (HKDF, RFC 5869), so that values of one purpose tell nothing about another. Has no text form.
 */
public final class ProjectKey {

    /** Length in bytes. */
    public static final int LENGTH = 32;

    private static final String MAC = "HmacSHA256";

    private final SecretKeySpec secret;

    private ProjectKey(byte[] secret) {
        this.secret = new SecretKeySpec(secret, MAC);
    }

    /**
     * Takes a copy of the secret.
     *
     * @param secret {@link #LENGTH} bytes, for example derived from a key of the site by the name of the project
     */
    public static ProjectKey of(byte[] secret) {
        if (secret.length != LENGTH) {
            throw new IllegalArgumentException("a project's key has " + LENGTH + " bytes");
        }
        return new ProjectKey(secret);
    }

    /**
     * A key that nobody keeps: what is made with it can't be linked by anybody, once this object is gone.
     *
     * @param random a secure source of randomness
     */
    public static ProjectKey throwAway(RandomGenerator random) {
        byte[] secret = new byte[LENGTH];
        random.nextBytes(secret);
        return new ProjectKey(secret);
    }

    /** A keyed hash for one purpose; not thread-safe, clone it. */
    Mac mac(String purpose) {
        try {
            SecretKey key = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            MAC,
                            HKDFParameterSpec.expandOnly(
                                    secret,
                                    ("allmende/deident/1/" + purpose).getBytes(StandardCharsets.UTF_8),
                                    LENGTH));
            return Sha256.mac(key);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java 25 has HKDF and HMAC with SHA-256", impossible);
        }
    }

    /** Says nothing about the key. */
    @Override
    public String toString() {
        return "ProjectKey";
    }
}
