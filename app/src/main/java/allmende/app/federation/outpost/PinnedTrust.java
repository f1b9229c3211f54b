package allmende.app.federation.outpost;

import allmende.app.federation.trust.Thumbprints;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts one certificate, by its thumbprint, whoever issued it and whatever host it names; only its dates count. */
final class PinnedTrust extends X509ExtendedTrustManager {

    private final String thumbprint;

    PinnedTrust(String pinned) {
        this.thumbprint = pinned.replace(":", "").strip().toLowerCase(Locale.ROOT);
        if (!thumbprint.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "The thumbprint of the portal's certificate has 64 hexadecimal digits (SHA-256).");
        }
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        chain[0].checkValidity();
        if (!Thumbprints.of(chain[0]).equals(thumbprint)) {
            throw new CertificateException("Not the certificate that is pinned");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("A site is not called");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("A site is not called");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("A site is not called");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
