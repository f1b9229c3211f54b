package allmende.app.server;

import allmende.app.identity.Access;
import allmende.app.site.Site;
import allmende.app.site.SiteLocation;
import allmende.engine.files.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Starts a site over an empty folder, asks each kind of page once and ends: what the JVM then knows about classes is
 * what it needs at every start.
 */
public final class WarmUp {

    private static final Duration READY_MAX = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 50;

    private WarmUp() {}

    /** Runs it; leaves nothing behind. */
    public static void run() {
        try {
            Path folder = Files.createTempDirectory("allmende-warm-up");
            try {
                serve(folder);
            } finally {
                Trees.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void serve(Path folder) throws IOException, InterruptedException {
        ServerOptions options = new ServerOptions(SiteLocation.embedded(folder), Door.loopback(0), Access.OPEN);
        try (SiteServer server = SiteServer.start(options);
                HttpClient client = HttpClient.newHttpClient()) {
            long end = System.nanoTime() + READY_MAX.toNanos();
            while (!(server.site().state() instanceof Site.State.Ready) && System.nanoTime() < end) {
                Thread.sleep(POLL_MILLIS);
            }
            for (String path : List.of("/actuator/health/readiness", "/", "/cache/stats", "/missing")) {
                client.send(
                        HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
                        HttpResponse.BodyHandlers.discarding());
            }
        }
    }
}
