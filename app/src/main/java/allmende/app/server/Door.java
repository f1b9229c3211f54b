package allmende.app.server;

import allmende.app.site.Settings;
import allmende.app.site.SiteUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a party listens.
 *
 * @param bind address to listen on
 * @param port port to listen on; 0 for any free one
 * @param tls certificate and key for HTTPS; null for plain HTTP
 */
public record Door(String bind, int port, @Nullable Tls tls) {

    /** The loopback, the address that nobody else reaches. */
    public static final String LOOPBACK = "127.0.0.1";

    /** The port where none is named. */
    public static final int PORT = 8080;

    private static final String PASSWORD = "ALLMENDE_TLS_PASSWORD";

    /**
     * What a party shows to its callers.
     *
     * @param keyStore file (PKCS #12) with certificate and key
     * @param password of the file and the key; may be empty
     */
    public record Tls(Path keyStore, String password) {

        /** Without the password. */
        @Override
        public String toString() {
            return keyStore.toString();
        }

        /** Tells what is wrong before the server says it in its own words. */
        void check() {
            try (InputStream bytes = Files.newInputStream(keyStore)) {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(bytes, password.toCharArray());
                for (String alias : Collections.list(store.aliases())) {
                    if (store.getKey(alias, password.toCharArray()) != null) {
                        return;
                    }
                }
            } catch (IOException | GeneralSecurityException e) {
                throw new SiteUnavailable(
                        "The key store " + keyStore + " can't be read as PKCS #12.",
                        "See that it is there and readable, and that its password is in " + PASSWORD + ".");
            }
            throw new SiteUnavailable(
                    "The key store " + keyStore + " holds no certificate with its key.",
                    "Export both together as PKCS #12, for example with openssl pkcs12 -export.");
        }
    }

    /** Plain HTTP for this machine alone. */
    public static Door loopback(int port) {
        return new Door(LOOPBACK, port, null);
    }

    /**
     * As the settings say, where the command says nothing else.
     *
     * @param bind address by the command; null where it names none
     * @param port port by the command; null where it names none
     */
    public static Door of(@Nullable String bind, @Nullable Integer port, Settings settings) {
        Path keyStore = settings.file(Settings.Key.TLS);
        return new Door(
                bind != null ? bind : settings.get(Settings.Key.BIND, LOOPBACK),
                port != null ? port : Integer.parseInt(settings.get(Settings.Key.PORT, Integer.toString(PORT))),
                keyStore == null ? null : new Tls(keyStore, Objects.requireNonNullElse(System.getenv(PASSWORD), "")));
    }
}
