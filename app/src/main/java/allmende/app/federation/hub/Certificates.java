package allmende.app.federation.hub;

import allmende.app.federation.trust.Thumbprints;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which client certificate a connection shows: by the connection itself or, only where that is configured, by the word of a
 * proxy that ends TLS.
 */
public final class Certificates {

    private static final String ATTRIBUTE = "jakarta.servlet.request.X509Certificate";

    private final @Nullable String header;
    private final InstantSource clock;

    /** @param header name of the header in which the proxy states the thumbprint; null to believe no header */
    public Certificates(@Nullable String header, InstantSource clock) {
        this.header = header;
        this.clock = clock;
    }

    /** Whether the connection shows the certificate with this thumbprint, in date; true if none is asked for. */
    boolean isShown(HttpServletRequest request, @Nullable String thumbprint) {
        return thumbprint == null || thumbprint.equals(shown(request));
    }

    private @Nullable String shown(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof X509Certificate[] chain && chain.length > 0) {
            return isInDate(chain[0]) ? Thumbprints.of(chain[0]) : null;
        }
        String stated = header == null ? null : request.getHeader(header);
        return stated == null ? null : stated.replace(":", "").strip().toLowerCase(Locale.ROOT);
    }

    private boolean isInDate(X509Certificate certificate) {
        try {
            certificate.checkValidity(Date.from(clock.instant()));
            return true;
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            return false;
        }
    }
}
