package allmende.app.pseudonyms;

import allmende.core.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns the originals of one domain into what the database may see: a keyed hash by which an original is found again
 * (HMAC-SHA-256), and the original itself, encrypted and bound to its domain and pseudonym (AES-256-GCM, 96 random bits for
 * each). Each domain has keys of its own. Not for several threads.
 */
final class Originals {

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final String domain;
    private final Keys keys;
    private final SecureRandom random;
    private final Mac mac;
    private final Cipher cipher;

    Originals(String domain, Keys keys, SecureRandom random) {
        this.domain = domain;
        this.keys = keys;
        this.random = random;
        try {
            this.mac = Sha256.mac(keys.lookup());
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA-256 and AES-GCM", e);
        }
    }

    /** The keys of a domain. */
    record Keys(SecretKey lookup, SecretKey seal) {

        static Keys of(String domain, KeySource source) {
            return new Keys(
                    new SecretKeySpec(source.derive("lookup " + domain, KEY_BYTES), Sha256.HMAC),
                    new SecretKeySpec(source.derive("seal " + domain, KEY_BYTES), "AES"));
        }

        @Override
        public String toString() {
            return "keys of a domain";
        }
    }

    /** By what an original is found. */
    byte[] lookup(String original) {
        return mac.doFinal(original.getBytes(StandardCharsets.UTF_8));
    }

    /** The original, encrypted: version, nonce, ciphertext with tag. */
    byte[] seal(String pseudonym, String original) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] bytes = original.getBytes(StandardCharsets.UTF_8);
            byte[] sealed = new byte[1 + NONCE_BYTES + bytes.length + TAG_BITS / Byte.SIZE];
            sealed[0] = VERSION;
            System.arraycopy(nonce, 0, sealed, 1, NONCE_BYTES);
            cipher.init(Cipher.ENCRYPT_MODE, keys.seal(), new GCMParameterSpec(TAG_BITS, nonce), random);
            cipher.updateAAD(bound(pseudonym));
            cipher.doFinal(bytes, 0, bytes.length, sealed, 1 + NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("An original could not be encrypted", e);
        }
    }

    /**
     * The original.
     *
     * @throws IllegalStateException if what is there was not sealed so: another key, another pseudonym, changed bytes
     */
    String open(String pseudonym, byte[] sealed) {
        try {
            if (sealed.length <= 1 + NONCE_BYTES || sealed[0] != VERSION) {
                throw new IllegalStateException("An original in the database has an unknown form");
            }
            byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES);
            cipher.init(Cipher.DECRYPT_MODE, keys.seal(), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(bound(pseudonym));
            return new String(
                    cipher.doFinal(sealed, 1 + NONCE_BYTES, sealed.length - 1 - NONCE_BYTES), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("An original in the database was changed, or its key is another", e);
        }
    }

    private byte[] bound(String pseudonym) {
        return (domain + '\n' + pseudonym).getBytes(StandardCharsets.UTF_8);
    }
}
