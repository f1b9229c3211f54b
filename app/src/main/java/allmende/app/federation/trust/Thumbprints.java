package allmende.app.federation.trust;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/** Thumbprints of certificates: SHA-256 of the DER form, 64 small hexadecimal digits. */
public final class Thumbprints {

    private Thumbprints() {}

    /** The thumbprint of this certificate. */
    public static String of(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("A certificate can't be hashed", e);
        }
    }
}
