package allmende.app.federation.outpost;

import allmende.app.federation.FederationOptions;
import allmende.app.federation.LinkUnusable;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A link's way to the portal: TLS as the options say, through the proxy that they name. After a failure it is made anew,
 * for a client goes on using a connection whose other end is long gone until its own machine gives it up.
 */
public final class Tunnel implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final FederationOptions.Link link;
    private final @Nullable String certificate;
    private final Supplier<HttpClient> maker;
    private volatile HttpClient http;
    private volatile boolean closed;

    private Tunnel(FederationOptions.Link link, @Nullable String certificate, Supplier<HttpClient> maker) {
        this.link = link;
        this.certificate = certificate;
        this.maker = maker;
        this.http = maker.get();
    }

    /**
     * The tunnel for this link; connects to nobody yet.
     *
     * @throws LinkUnusable if the options can't be followed
     */
    public static Tunnel open(FederationOptions.Link link) {
        boolean tls = isTls(link.portal());
        OwnCertificate own = tls && link.tls().clientStore() != null
                ? OwnCertificate.read(link.tls().clientStore(), link.tls().password())
                : null;
        SSLContext context = tls ? context(own, trustManagers(link.tls())) : null;
        ProxySelector proxy = link.proxy() == null ? null : ProxySelector.of(address(link.proxy()));
        Executor executor = work -> Thread.ofVirtual().name("federation-http").start(work);
        return new Tunnel(link, own == null ? null : own.thumbprint(), () -> {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .executor(executor)
                    .version(tls ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
            if (proxy != null) {
                builder.proxy(proxy);
            }
            if (context != null) {
                builder.sslContext(context);
            }
            return builder.build();
        });
    }

    private static boolean isTls(URI portal) {
        String scheme = String.valueOf(portal.getScheme()).toLowerCase(Locale.ROOT);
        if (portal.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new LinkUnusable("The portal's address " + portal + " is no https address.", "Correct it.");
        }
        if (scheme.equals("http") && !THIS_MACHINE.contains(portal.getHost())) {
            throw new LinkUnusable(
                    "The portal's address " + portal + " is not encrypted.",
                    "Use https; plain http is for a portal on this machine only.");
        }
        return scheme.equals("https");
    }

    private static InetSocketAddress address(String proxy) {
        int colon = proxy.lastIndexOf(':');
        try {
            return new InetSocketAddress(
                    proxy.substring(0, Math.max(0, colon)), Integer.parseInt(proxy.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new LinkUnusable(
                    "The proxy \"" + proxy + "\" can't be used.", "Write host:port, such as proxy.example:3128.");
        }
    }

    private static SSLContext context(@Nullable OwnCertificate own, TrustManager @Nullable [] trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own == null ? null : new KeyManager[] {own}, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no TLS", e);
        }
    }

    private static TrustManager @Nullable [] trustManagers(FederationOptions.Tls tls) {
        if (tls.pinned() != null) {
            return new TrustManager[] {new PinnedTrust(tls.pinned())};
        }
        if (tls.trustStore() == null) {
            return null;
        }
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(OwnCertificate.store(tls.trustStore(), tls.password(), "ALLMENDE_CLIENT_TLS_PASSWORD"));
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new LinkUnusable("The file " + tls.trustStore() + " is no trust store.", "Make it anew.");
        }
    }

    FederationOptions.Link link() {
        return link;
    }

    /** SHA-256 thumbprint of the certificate that the site shows; null if it shows none. */
    @Nullable
    String certificate() {
        return certificate;
    }

    /** The client to use now. */
    HttpClient http() {
        return http;
    }

    /** Uses this client, which failed, no longer; what others do with it may end. */
    synchronized void renew(HttpClient failed) {
        if (http.equals(failed) && !closed) {
            http = maker.get();
            failed.shutdown();
        }
    }

    /** Whether it has ended, which is no failure. */
    boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        http.shutdownNow();
    }
}
