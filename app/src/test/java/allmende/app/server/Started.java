package allmende.app.server;

import allmende.app.identity.Access;
import allmende.app.site.Site;
import allmende.app.site.SiteLocation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;

/** A site started for a test on a free port, and a client for it that follows no redirects. */
public final class Started implements AutoCloseable {

    private final SiteServer server;
    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    private Started(SiteServer server) {
        this.server = server;
    }

    /** Starts a site and waits until it is ready. */
    public static Started over(Path data, Access access) throws InterruptedException {
        SiteServer server = SiteServer.start(new ServerOptions(SiteLocation.embedded(data), Door.loopback(0), access));
        Started started = new Started(server);
        while (!(server.site().state() instanceof Site.State.Ready)) {
            if (server.site().state() instanceof Site.State.Failed(String reason, String advice)) {
                started.close();
                throw new IllegalStateException(reason + " " + advice);
            }
            Thread.sleep(20);
        }
        return started;
    }

    public String url() {
        return server.url();
    }

    /** The newest transaction of its store. */
    public long t() {
        return server.site().data().store().currentT();
    }

    /** An object of the running server. */
    public <T> T bean(Class<T> type) {
        return server.bean(type);
    }

    public String token() {
        return server.token();
    }

    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url() + path)).GET(), headers);
    }

    public HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(URI.create(url() + path)).POST(HttpRequest.BodyPublishers.ofString(body)),
                headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder builder, String... headers)
            throws IOException, InterruptedException {
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return client.send(builder.build(), HttpResponse.BodyHandlers.ofString());
    }

    public static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes());
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
