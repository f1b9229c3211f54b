package allmende.engine.delivery;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** The private key of a recipient, with which sealed files are opened. Its bytes are never shown. */
public final class OwnKey {

    private final PrivateKey key;

    private OwnKey(PrivateKey key) {
        this.key = key;
    }

    /**
     * A new pair of keys as PEM.
     *
     * @param secret PKCS#8, not encrypted: to be kept
     * @param open to be given to those who send
     */
    public record Pair(String secret, String open) {
        @Override
        public String toString() {
            return "Pair[" + open + "]";
        }
    }

    /** Makes a pair on the curve P-384. */
    public static Pair make(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp384r1"), random);
            KeyPair pair = generator.generateKeyPair();
            return new Pair(
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()),
                    pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has P-384", missing);
        }
    }

    private static String pem(String type, byte[] encoded) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, encoded));
        } catch (IOException impossible) {
            throw new IllegalStateException("texts can be written", impossible);
        }
        return text.toString();
    }

    /** Reads a PEM file with a private key that is not encrypted; empty if it holds none. */
    public static Optional<OwnKey> read(String pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                switch (found) {
                    case PrivateKeyInfo info -> {
                        return Optional.of(new OwnKey(converter.getPrivateKey(info)));
                    }
                    case PEMKeyPair pair -> {
                        return Optional.of(new OwnKey(converter.getKeyPair(pair).getPrivate()));
                    }
                    default -> {
                        // files of curves begin with the curve's parameters
                    }
                }
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    PrivateKey key() {
        return key;
    }
}
