package allmende.engine.delivery;

import allmende.core.digest.Sha256;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jspecify.annotations.Nullable;

/**
 * The public key of a recipient: RSA of at least 3072 bits, or elliptic curves P-256 and P-384 (BSI TR-02102-1), alone or in a
 * certificate.
 */
public final class RecipientKey {

    private static final int MIN_RSA_BITS = 3072;

    private final PublicKey key;
    private final @Nullable X509Certificate certificate;

    private RecipientKey(PublicKey key, @Nullable X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** The outcome of reading a key. */
    public sealed interface Outcome {
        /** It can be used. */
        record Read(RecipientKey key) implements Outcome {}

        /** It can't. */
        record Refused(Reason reason) implements Outcome {}
    }

    /** Why a key is refused. */
    public enum Reason {
        /** It is neither a certificate nor a public key as PEM. */
        NO_KEY,
        /** It is a private key, which its owner must keep. */
        PRIVATE_KEY,
        /** It is an RSA key of fewer than 3072 bits. */
        TOO_SHORT,
        /** It is of another kind than RSA, P-256 and P-384. */
        OTHER_KIND;

        /** A sentence for people, in English, with what to do. */
        public String sentence() {
            return switch (this) {
                case NO_KEY -> "This is neither a certificate nor a public key in PEM form (-----BEGIN …).";
                case PRIVATE_KEY ->
                    "This is a private key. Keep it secret, make a new one, and send its public key only.";
                case TOO_SHORT -> "An RSA key must have at least " + MIN_RSA_BITS + " bits.";
                case OTHER_KIND -> "The key must be RSA, or on one of the curves P-256 and P-384.";
            };
        }
    }

    /** Reads a PEM file: the first certificate or public key in it. */
    public static Outcome read(String pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            Object found = parser.readObject();
            return switch (found) {
                case X509CertificateHolder holder -> {
                    X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(holder);
                    yield checked(certificate.getPublicKey(), certificate);
                }
                case SubjectPublicKeyInfo info -> checked(new JcaPEMKeyConverter().getPublicKey(info), null);
                case null -> new Outcome.Refused(Reason.NO_KEY);
                default -> new Outcome.Refused(pem.contains("PRIVATE KEY") ? Reason.PRIVATE_KEY : Reason.NO_KEY);
            };
        } catch (PEMException unknown) {
            return new Outcome.Refused(pem.contains("PRIVATE KEY") ? Reason.PRIVATE_KEY : Reason.OTHER_KIND);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException malformed) {
            return new Outcome.Refused(Reason.NO_KEY);
        }
    }

    private static Outcome checked(PublicKey key, @Nullable X509Certificate certificate) {
        return switch (key) {
            case RSAPublicKey rsa ->
                rsa.getModulus().bitLength() < MIN_RSA_BITS
                        ? new Outcome.Refused(Reason.TOO_SHORT)
                        : new Outcome.Read(new RecipientKey(key, certificate));
            case ECPublicKey curve ->
                Curves.name(curve.getParams()) == null
                        ? new Outcome.Refused(Reason.OTHER_KIND)
                        : new Outcome.Read(new RecipientKey(key, certificate));
            default -> new Outcome.Refused(Reason.OTHER_KIND);
        };
    }

    /** SHA-256 of the public key (SubjectPublicKeyInfo), in hex: the same for a key alone and in a certificate. */
    public String fingerprint() {
        return Sha256.hex(key.getEncoded());
    }

    /** What kind of key it is, such as {@code RSA 4096} or {@code EC P-384}. */
    public String kind() {
        return switch (key) {
            case RSAPublicKey rsa -> "RSA " + rsa.getModulus().bitLength();
            case ECPublicKey curve -> "EC " + Curves.name(curve.getParams());
            default -> key.getAlgorithm();
        };
    }

    /** When the certificate ends; null where the key came alone. */
    public @Nullable Instant expiry() {
        return certificate == null ? null : certificate.getNotAfter().toInstant();
    }

    PublicKey key() {
        return key;
    }

    @Nullable
    X509Certificate certificate() {
        return certificate;
    }

    /** How a sealed file names the key (RFC 5280, 4.2.1.2, method 1). */
    byte[] identifier() {
        try {
            byte[] bits = SubjectPublicKeyInfo.getInstance(key.getEncoded())
                    .getPublicKeyData()
                    .getBytes();
            return MessageDigest.getInstance("SHA-1").digest(bits);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has SHA-1", missing);
        }
    }
}
