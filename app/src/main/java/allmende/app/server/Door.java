package allmende.app.server;

import allmende.app.site.Settings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a party listens.
 *
 * @param bind address to listen on
 * @param port port to listen on; 0 for any free one
 * @param keyStore key store (PKCS #12) with certificate and key for HTTPS; null for plain HTTP
 */
public record Door(String bind, int port, @Nullable Path keyStore) {

    /** The loopback, the address that nobody else reaches. */
    public static final String LOOPBACK = "127.0.0.1";

    /** The port where none is named. */
    public static final int PORT = 8080;

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
        return new Door(
                bind != null ? bind : settings.get(Settings.Key.BIND, LOOPBACK),
                port != null ? port : Integer.parseInt(settings.get(Settings.Key.PORT, Integer.toString(PORT))),
                settings.file(Settings.Key.TLS));
    }
}
