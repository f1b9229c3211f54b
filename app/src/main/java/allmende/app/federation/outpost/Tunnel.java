package allmende.app.federation.outpost;

import allmende.app.federation.FederationOptions;
import allmende.app.federation.trust.Thumbprints;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes the HTTP client of a link: TLS as the options say, through the proxy that they name. */
public final class Tunnel {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private Tunnel() {}

    /**
     * The client for this link.
     *
     * @throws IllegalArgumentException with a sentence for the engineer if the options can't be followed
     */
    public static HttpClient open(FederationOptions.Link link) {
        boolean tls = isTls(link.portal());
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .version(tls ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
        if (link.proxy() != null) {
            builder.proxy(ProxySelector.of(address(link.proxy())));
        }
        if (tls) {
            builder.sslContext(context(link.tls()));
        }
        return builder.build();
    }

    private static boolean isTls(URI portal) {
        String scheme = String.valueOf(portal.getScheme()).toLowerCase(Locale.ROOT);
        if (portal.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new IllegalArgumentException("The portal's address " + portal + " is no https address.");
        }
        if (scheme.equals("http") && !THIS_MACHINE.contains(portal.getHost())) {
            throw new IllegalArgumentException("The portal's address " + portal
                    + " is not encrypted. Use https; plain http is for a portal on this machine only.");
        }
        return scheme.equals("https");
    }

    private static InetSocketAddress address(String proxy) {
        int colon = proxy.lastIndexOf(':');
        try {
            return new InetSocketAddress(
                    proxy.substring(0, Math.max(0, colon)), Integer.parseInt(proxy.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The proxy \"" + proxy + "\" is not of the form host:port.", e);
        }
    }

    private static SSLContext context(FederationOptions.Tls tls) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(tls), trustManagers(tls), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "TLS can't be set up: a key or trust store is damaged, or its password is" + " wrong.", e);
        }
    }

    private static KeyManager @Nullable [] keyManagers(FederationOptions.Tls tls) throws GeneralSecurityException {
        if (tls.clientStore() == null) {
            return null;
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store(tls.clientStore(), tls.password()), characters(tls.password()));
        return factory.getKeyManagers();
    }

    private static TrustManager @Nullable [] trustManagers(FederationOptions.Tls tls) throws GeneralSecurityException {
        if (tls.pinned() != null) {
            return new TrustManager[] {new PinnedTrust(tls.pinned())};
        }
        if (tls.trustStore() == null) {
            return null;
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store(tls.trustStore(), tls.password()));
        return factory.getTrustManagers();
    }

    private static char[] characters(@Nullable String password) {
        return password == null ? new char[0] : password.toCharArray();
    }

    private static KeyStore store(Path file, @Nullable String password) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(file)) {
            store.load(bytes, characters(password));
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The file " + file + " can't be read as PKCS #12, or its password is wrong", e);
        }
    }

    /** SHA-256 thumbprint of the certificate that the site shows; null if it shows none. */
    static @Nullable String ownCertificate(FederationOptions.Tls tls) {
        if (tls.clientStore() == null) {
            return null;
        }
        try {
            KeyStore store = store(tls.clientStore(), tls.password());
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
                    return Thumbprints.of(certificate);
                }
            }
            throw new IllegalArgumentException("The file " + tls.clientStore() + " holds no certificate with its key.");
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The file " + tls.clientStore() + " is damaged.", e);
        }
    }
}
