package allmende.app.federation.outpost;

import allmende.app.federation.LinkUnusable;
import allmende.app.federation.trust.Thumbprints;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts certificates by their thumbprints, whoever issued them and whatever host they name; only their dates count. */
final class PinnedTrust extends X509ExtendedTrustManager {

    private final Set<String> thumbprints;

    /**
     * Trusts these.
     *
     * @param pinned thumbprints, with or without colons, separated by commas or blanks
     * @throws LinkUnusable if one is no thumbprint
     */
    PinnedTrust(String pinned) {
        this.thumbprints = Arrays.stream(pinned.strip().split("[,\\s]+"))
                .map(each -> each.replace(":", "").toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        if (!thumbprints.stream().allMatch(each -> each.matches("[0-9a-f]{64}"))) {
            throw new LinkUnusable(
                    "The thumbprint of the portal's certificate is none.",
                    "Write the SHA-256 thumbprint, 64 hexadecimal digits, as portal-certificate; several are separated"
                            + " by commas.");
        }
    }

    /** The portal, or somebody between, shows another certificate than those that are pinned. */
    static final class NotPinned extends CertificateException {

        private static final long serialVersionUID = 1;

        private final String shown;

        NotPinned(String shown) {
            super("The certificate with the thumbprint " + shown + " is not one that is pinned");
            this.shown = shown;
        }

        /** Thumbprint of the certificate that was shown. */
        String shown() {
            return shown;
        }
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        String shown = Thumbprints.of(chain[0]);
        if (!thumbprints.contains(shown)) {
            throw new NotPinned(shown);
        }
        chain[0].checkValidity();
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
