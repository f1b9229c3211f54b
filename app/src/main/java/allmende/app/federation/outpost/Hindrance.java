package allmende.app.federation.outpost;

import allmende.app.federation.FederationOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;

/**
 * What is in the way to the portal.
 *
 * @param code stable, for the status
 * @param sentence for the log of the site's engineer
 */
record Hindrance(String code, String sentence) {

    /** An answer came, but from no portal. */
    static final class NoPortal extends IOException {

        private static final long serialVersionUID = 1;

        NoPortal(String message, Throwable cause) {
            super(message, cause);
        }

        NoPortal(String message) {
            super(message);
        }
    }

    /** What this failure of a call over this link means. */
    static Hindrance of(IOException failure, FederationOptions.Link link) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException certificate) {
                return certificate(certificate);
            }
        }
        if (failure instanceof SSLException) {
            return new Hindrance("TLS", "TLS with " + link.portal() + " fails: " + failure.getMessage());
        }
        if (failure instanceof NoPortal) {
            return new Hindrance("NO_PORTAL", "Whoever answers at " + link.portal() + " is no portal.");
        }
        return link.proxy() == null ? unreachable(link) : proxied(failure, link, link.proxy());
    }

    private static Hindrance unreachable(FederationOptions.Link link) {
        return new Hindrance("UNREACHABLE", link.portal() + " can't be reached.");
    }

    /** The proxy's own answers come as failures whose text alone tells them apart. */
    private static Hindrance proxied(IOException failure, FederationOptions.Link link, String proxy) {
        if (failure instanceof HttpConnectTimeoutException || failure instanceof ConnectException) {
            return new Hindrance("PROXY", "The proxy " + proxy + " can't be reached.");
        }
        String text = String.valueOf(failure.getMessage());
        return text.contains("Tunnel failed") || text.contains("Proxy Authentication")
                ? new Hindrance(
                        "PROXY", "The proxy " + proxy + " does not let through to " + link.portal() + ": " + text)
                : unreachable(link);
    }

    private static Hindrance certificate(CertificateException failure) {
        return switch (failure) {
            case PinnedTrust.NotPinned other ->
                new Hindrance(
                        "CERTIFICATE",
                        "The portal shows the certificate with the thumbprint " + other.shown()
                                + ", not the one that is pinned. Somebody in between may read along: ask the portal's"
                                + " administrator before you change portal-certificate.");
            case CertificateExpiredException _, CertificateNotYetValidException _ ->
                new Hindrance(
                        "CERTIFICATE_DATE", "The portal's certificate is out of date, or this machine's clock is.");
            default ->
                new Hindrance(
                        "CERTIFICATE_UNKNOWN",
                        "No authority that this machine knows vouches for the portal's certificate. Pin it by"
                                + " portal-certificate.");
        };
    }
}
