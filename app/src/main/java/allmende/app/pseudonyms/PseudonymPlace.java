package allmende.app.pseudonyms;

import allmende.app.site.SiteUnavailable;
import allmende.engine.store.StoreLocation;
import java.io.IOException;
import java.io.Reader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where the pseudonyms of a site are: on a database server of their own in the folder {@code pseudonyms} of the data folder,
 * or where the file {@code pseudonyms.properties} says, which is how a trust centre keeps them apart.
 */
public final class PseudonymPlace {

    /** Name of the file in the data folder. */
    static final String FILE = "pseudonyms.properties";

    private static final String FOLDER = "pseudonyms";
    private static final String URL = "jdbc-url";
    private static final String USER = "user";
    private static final String PASSWORD = "password";
    private static final String PASSWORD_VARIABLE = "ALLMENDE_PSEUDONYMS_PASSWORD";

    private PseudonymPlace() {}

    /**
     * Where they are by the file; the password is in it or in the environment as {@value #PASSWORD_VARIABLE}.
     *
     * @throws SiteUnavailable if the file can't be followed
     */
    static StoreLocation of(Path data, UnaryOperator<@Nullable String> environment) {
        Path file = data.resolve(FILE);
        if (Files.notExists(file)) {
            return new StoreLocation.Embedded(data.resolve(FOLDER), FOLDER);
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new SiteUnavailable(file + " can't be read.", "Write one key = value on each line.");
        }
        String url = properties.getProperty(URL, "");
        if (!url.startsWith("jdbc:postgresql:")
                || !Set.of(URL, USER, PASSWORD).containsAll(properties.stringPropertyNames())) {
            throw new SiteUnavailable(
                    file + " can't be followed.",
                    "Its keys are jdbc-url, which begins with jdbc:postgresql:, user and password.");
        }
        return new StoreLocation.External(withLogin(url, properties, environment));
    }

    /** Whether there can be pseudonyms at all; where nobody ever made one, nothing need be opened to say so. */
    static boolean exists(Path data) {
        return Files.exists(data.resolve(FILE)) || Files.exists(data.resolve(FOLDER));
    }

    private static String withLogin(String url, Properties properties, UnaryOperator<@Nullable String> environment) {
        StringBuilder whole = new StringBuilder(url);
        String password = environment.apply(PASSWORD_VARIABLE);
        add(whole, USER, properties.getProperty(USER));
        add(whole, PASSWORD, password == null ? properties.getProperty(PASSWORD) : password);
        return whole.toString();
    }

    private static void add(StringBuilder url, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            url.append(url.indexOf("?") < 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value.strip(), StandardCharsets.UTF_8));
        }
    }
}
