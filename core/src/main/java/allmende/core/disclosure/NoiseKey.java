package allmende.core.disclosure;

import allmende.core.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.crypto.spec.SecretKeySpec;

/** The secret of a site from which all its noise follows. Has no text form. */
public final class NoiseKey {

    /** Length of a key in bytes. */
    public static final int LENGTH = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private NoiseKey(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /**
     * Takes a copy of the secret.
     *
     * @param secret {@link #LENGTH} bytes from a secure source of randomness
     */
    public static NoiseKey of(byte[] secret) {
        if (secret.length != LENGTH) {
            throw new IllegalArgumentException("a noise key has " + LENGTH + " bytes");
        }
        return new NoiseKey(secret.clone());
    }

    /**
     * The noise for one subject, such as a question over one snapshot. Equal arguments give equal noise; noise for
     * different subjects, snapshots, places or mechanisms is independent as far as HMAC-SHA-256 is a pseudorandom
     * function.
     *
     * @param subject what is counted, for example the canonical question
     * @param t the snapshot
     */
    Noise noise(byte[] subject, long t) {
        return (mechanism, place) -> {
            byte[] name = (mechanism.name() + "\n" + place).getBytes(StandardCharsets.UTF_8);
            // lengths first, so that no two subjects and places run together to the same bytes
            byte[] seed = mac(ByteBuffer.allocate(2 * Integer.BYTES + Long.BYTES + subject.length + name.length)
                    .putInt(subject.length)
                    .putInt(name.length)
                    .putLong(t)
                    .put(subject)
                    .put(name)
                    .array());
            return mechanism.sample(new KeyedBits(seed));
        };
    }

    private byte[] mac(byte[] message) {
        return mac(key, message);
    }

    static byte[] mac(SecretKeySpec key, byte[] message) {
        return Sha256.mac(key).doFinal(message);
    }

    /** Says nothing about the key. */
    @Override
    public String toString() {
        return "NoiseKey";
    }
}
