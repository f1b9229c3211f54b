package allmende.app.federation;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who a party is and how it connects.
 *
 * @param data the data folder; the party's key is in {@code keys/federation.jwk}, a site's policy in {@code policy.json}
 * @param id the party's own name
 * @param name display name
 * @param link how a site reaches its portal; null at a portal
 * @param clientCertificateHeader at a portal: name of the header in which a TLS-terminating proxy states the SHA-256
 *     thumbprint of the client's certificate; null to trust no header
 */
public record FederationOptions(
        Path data,
        PartyId id,
        String name,
        @Nullable Link link,
        @Nullable String clientCertificateHeader) {

    /** A portal's options. */
    public static FederationOptions portal(Path data, PartyId id, String name) {
        return new FederationOptions(data, id, name, null, null);
    }

    /** A site's options. */
    public static FederationOptions site(Path data, PartyId id, String name, Link link) {
        return new FederationOptions(data, id, name, link, null);
    }

    /**
     * How a site reaches its portal.
     *
     * @param portal address of the portal, {@code https://…}; plain {@code http} only to this machine
     * @param portalFingerprint the portal's fingerprint; null to have an engineer confirm it
     * @param proxy host and port of an HTTP proxy, for example {@code proxy.example:3128}; null for none
     * @param tls how TLS trusts and is trusted
     */
    public record Link(
            URI portal,
            @Nullable String portalFingerprint,
            @Nullable String proxy,
            Tls tls) {

        /** A link without a proxy that trusts the certificates that Java trusts. */
        public static Link to(URI portal) {
            return new Link(portal, null, null, Tls.DEFAULT);
        }

        /** The same link with the portal's fingerprint known beforehand. */
        public Link expecting(String fingerprint) {
            return new Link(portal, fingerprint, proxy, tls);
        }
    }

    /**
     * How TLS trusts and is trusted.
     *
     * @param pinned SHA-256 thumbprint of the portal's certificate, 64 hexadecimal digits; null to use a trust store
     * @param trustStore PKCS #12 file of certificate authorities; null for those that Java trusts
     * @param clientStore PKCS #12 file with the site's own certificate and key; null for none
     * @param password of both files; null for none
     */
    public record Tls(
            @Nullable String pinned,
            @Nullable Path trustStore,
            @Nullable Path clientStore,
            @Nullable String password) {

        /** Trusts what Java trusts and shows no certificate. */
        public static final Tls DEFAULT = new Tls(null, null, null, null);
    }
}
