package allmende.app.federation.outpost;

import allmende.app.federation.LinkUnusable;
import allmende.app.federation.trust.Thumbprints;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that a site shows to its portal, with its key. It is shown whatever issuers the portal names, for the
 * portal knows it by its thumbprint and not by who issued it.
 */
final class OwnCertificate extends X509ExtendedKeyManager {

    private static final String ALIAS = "site";
    private static final String[] ALIASES = {ALIAS};

    private final X509Certificate[] chain;
    private final PrivateKey key;

    private OwnCertificate(X509Certificate[] chain, PrivateKey key) {
        this.chain = chain;
        this.key = key;
    }

    /**
     * The first key with its certificate in a file.
     *
     * @param password of the file and its keys; null for none
     * @throws LinkUnusable if there is none to be had
     */
    static OwnCertificate read(Path file, @Nullable String password) {
        KeyStore store = store(file, password, "ALLMENDE_CLIENT_TLS_PASSWORD");
        try {
            for (String alias : Collections.list(store.aliases())) {
                Certificate[] chain = store.getCertificateChain(alias);
                if (chain != null && store.getKey(alias, characters(password)) instanceof PrivateKey key) {
                    return new OwnCertificate(
                            Arrays.stream(chain)
                                    .map(X509Certificate.class::cast)
                                    .toArray(X509Certificate[]::new),
                            key);
                }
            }
        } catch (GeneralSecurityException e) {
            throw new LinkUnusable(
                    "The key in " + file + " can't be read.",
                    "Give the key and the file the same password, and put it into ALLMENDE_CLIENT_TLS_PASSWORD.");
        }
        throw new LinkUnusable(
                "The file " + file + " holds no certificate with its key.",
                "Export both together as PKCS #12, for example with openssl pkcs12 -export.");
    }

    /** A PKCS #12 file. */
    static KeyStore store(Path file, @Nullable String password, String variable) {
        try (InputStream bytes = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(bytes, characters(password));
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new LinkUnusable(
                    "The file " + file + " can't be read as PKCS #12.",
                    "See that it is there and readable, and that its password is in " + variable + ".");
        }
    }

    private static char[] characters(@Nullable String password) {
        return password == null ? new char[0] : password.toCharArray();
    }

    /** By which the portal knows it. */
    String thumbprint() {
        return Thumbprints.of(chain[0]);
    }

    private boolean fits(String type) {
        return type.equals(key.getAlgorithm()) || type.startsWith(key.getAlgorithm() + "_");
    }

    @Override
    public @Nullable String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return Arrays.stream(types).anyMatch(this::fits) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return chooseClientAlias(types, issuers, null);
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
        return fits(type) ? ALIASES.clone() : null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return alias.equals(ALIAS) ? chain.clone() : null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return alias.equals(ALIAS) ? key : null;
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
