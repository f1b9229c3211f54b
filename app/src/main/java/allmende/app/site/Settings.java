package allmende.app.site;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one configuration file of a party, {@code allmende.properties} in its data folder. Every key has a default; what
 * a command is told by an option comes before the file.
 */
public final class Settings {

    /** Name of the file in the data folder. */
    public static final String FILE = "allmende.properties";

    private static final int PORT_MAX = 65_535;

    private final Path folder;
    private final Map<Key, String> values;

    private Settings(Path folder, Map<Key, String> values) {
        this.folder = folder;
        this.values = values;
    }

    /** What can be set. */
    public enum Key {

        /** What the party calls itself. */
        NAME,

        /** The address by which browsers and other parties reach it, such as {@code https://portal.example}. */
        URL,

        /** Address to listen on. */
        BIND,

        /** Port to listen on. */
        PORT,

        /** An external PostgreSQL instead of the embedded one. */
        JDBC_URL,

        /** Whom to write to about the pages: a mail address or a web address. */
        CONTACT,

        /** At a site: address of the portal that it answers. */
        PORTAL,

        /** At a site: fingerprint of the portal's key, as its administrator reads it out. */
        PORTAL_FINGERPRINT,

        /** At a site: SHA-256 thumbprint of the portal's TLS certificate, where no public authority vouches for it. */
        PORTAL_CERTIFICATE,

        /** At a site: {@code host:port} of the HTTP proxy through which it calls out. */
        PROXY,

        /** Key store (PKCS #12) with certificate and key for HTTPS; its password is in ALLMENDE_TLS_PASSWORD. */
        TLS,

        /** At a site: key store with the certificate shown to the portal; password in ALLMENDE_CLIENT_TLS_PASSWORD. */
        CLIENT_TLS,

        /** Issuer of an OpenID Connect provider by which people may log in. */
        OIDC_ISSUER,

        /** Our name with that provider. */
        OIDC_CLIENT_ID,

        /** Our secret with that provider. */
        OIDC_CLIENT_SECRET;

        /** The key as it is written in the file. */
        public String written() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Reads the file; where there is none, nothing is set.
     *
     * @throws SiteUnavailable if a key is unknown or a value can't be meant
     */
    public static Settings read(Path folder) {
        Path file = folder.resolve(FILE);
        Map<Key, String> values = new EnumMap<>(Key.class);
        if (Files.exists(file)) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException("The file " + file + " can't be read", e);
            } catch (IllegalArgumentException e) {
                throw new SiteUnavailable(file + " is not a properties file.", "Write one key = value on each line.");
            }
            properties
                    .stringPropertyNames()
                    .forEach(name -> values.put(
                            key(file, name), properties.getProperty(name).strip()));
            values.values().removeIf(String::isEmpty);
        }
        Settings settings = new Settings(folder, values);
        settings.check(file);
        return settings;
    }

    private static Key key(Path file, String name) {
        return Arrays.stream(Key.values())
                .filter(key -> key.written().equals(name))
                .findFirst()
                .orElseThrow(() -> new SiteUnavailable(
                        "The key \"" + name + "\" in " + file + " is unknown.",
                        "Known are: "
                                + Arrays.stream(Key.values()).map(Key::written).collect(Collectors.joining(", "))
                                + "."));
    }

    private void check(Path file) {
        String port = values.get(Key.PORT);
        if (port != null && !isPort(port)) {
            throw wrong(file, Key.PORT, "a number from 0 to " + PORT_MAX);
        }
        for (Key key : new Key[] {Key.URL, Key.PORTAL, Key.OIDC_ISSUER}) {
            String url = values.get(key);
            if (url != null && !isWebAddress(url)) {
                throw wrong(file, key, "an address that begins with https:// or http://");
            }
        }
        String proxy = values.get(Key.PROXY);
        if (proxy != null && (proxy.indexOf(':') < 1 || !isPort(proxy.substring(proxy.indexOf(':') + 1)))) {
            throw wrong(file, Key.PROXY, "host:port");
        }
    }

    private static SiteUnavailable wrong(Path file, Key key, String wanted) {
        return new SiteUnavailable(
                "The value of \"" + key.written() + "\" in " + file + " can't be used.", "Write " + wanted + ".");
    }

    private static boolean isPort(String text) {
        try {
            int port = Integer.parseInt(text);
            return port >= 0 && port <= PORT_MAX;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isWebAddress(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What the file says of a key; null where it says nothing. */
    public @Nullable String get(Key key) {
        return values.get(key);
    }

    /** What the file says of a key, else the default. */
    public String get(Key key, String fallback) {
        return values.getOrDefault(key, fallback);
    }

    /** A file that the settings name, relative to the data folder; null where they name none. */
    public @Nullable Path file(Key key) {
        String value = values.get(key);
        return value == null ? null : folder.resolve(value);
    }
}
