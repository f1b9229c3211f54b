package allmende.app.cli;

import allmende.app.server.ServerOptions;
import picocli.CommandLine.Option;

/** Where a site listens. */
final class ListenOptions {

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "8080",
            description = "Port (default: ${DEFAULT-VALUE}); 0 for any free one.")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = ServerOptions.LOOPBACK,
            description = "Address to listen on (default: ${DEFAULT-VALUE}, this computer alone). Put a reverse proxy"
                    + " with TLS before anything else.")
    private String bind = ServerOptions.LOOPBACK;

    int port() {
        return port;
    }

    String bind() {
        return bind;
    }
}
