package allmende.app.cli;

import allmende.app.server.Door;
import allmende.app.site.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a party listens. */
final class ListenOptions {

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "Port (default: what the settings say, else " + Door.PORT + "); 0 for any free one.")
    private @Nullable Integer port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "Address to listen on (default: what the settings say, else " + Door.LOOPBACK
                    + ", this computer alone). Use TLS, here or in a reverse proxy, before anything else.")
    private @Nullable String bind;

    Door door(Settings settings) {
        return Door.of(bind, port, settings);
    }
}
