package allmende.app.cli;

import allmende.app.site.Settings;
import allmende.app.site.SiteLocation;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which data a command works on. */
final class DataOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Data folder of the site; created when missing (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    @Option(
            names = "--jdbc-url",
            paramLabel = "URL",
            description =
                    "Keep the store in this PostgreSQL instead of the embedded one: jdbc:postgresql://HOST/DATABASE;"
                            + " user and password in ALLMENDE_JDBC_USER and ALLMENDE_JDBC_PASSWORD.")
    private @Nullable String jdbcUrl;

    SiteLocation location() {
        String url = jdbcUrl != null ? jdbcUrl : Settings.read(data).get(Settings.Key.JDBC_URL);
        return SiteLocation.of(data, url);
    }
}
