package allmende.app.server;

import allmende.app.Hospital;
import allmende.app.identity.AccountDesk;
import allmende.app.identity.NewAccount;
import allmende.app.identity.Role;
import allmende.app.site.Settings;
import allmende.app.site.SiteLocation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A portal without sites, started for a test on a free port, with a researcher and an administrator. */
public final class PortalForTest implements AutoCloseable {

    /** Name of a researcher whose affiliation is confirmed. */
    public static final String RESEARCHER = "researcher";

    /** Name of an administrator. */
    public static final String ADMIN = "administrator";

    /** Password of both. */
    public static final String PASSWORD = "correct horse battery staple";

    private static @Nullable PortalForTest shared;

    private final PortalServer server;
    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    private PortalForTest(PortalServer server) {
        this.server = server;
    }

    /** One for all tests, which is gone when they have ended. */
    public static synchronized PortalForTest shared() {
        if (shared == null) {
            PortalForTest started = in(Hospital.temporary("allmende-portal"));
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            shared = started;
        }
        return shared;
    }

    /** Starts a portal in this folder. */
    public static PortalForTest in(Path data) {
        PortalServer server = PortalServer.start(
                new PortalOptions(SiteLocation.embedded(data), Door.loopback(0), "Test portal", Settings.read(data)));
        AccountDesk desk = server.bean(AccountDesk.class);
        desk.ensure(account(RESEARCHER, Role.RESEARCHER), PASSWORD);
        desk.ensure(account(ADMIN, Role.ADMIN), PASSWORD);
        return new PortalForTest(server);
    }

    private static NewAccount account(String name, Role role) {
        return new NewAccount(name, name, name + "@example.org", "University of Nowhere", Set.of(role));
    }

    public String url() {
        return server.url();
    }

    /** Sends a request in the name of an account; the body may be empty. */
    public HttpResponse<String> send(String account, String method, String path, String body)
            throws IOException, InterruptedException {
        return send(account, method, path, body, "en");
    }

    /** The same from somebody who speaks this language. */
    public HttpResponse<String> send(String account, String method, String path, String body, String language)
            throws IOException, InterruptedException {
        String login = Base64.getEncoder().encodeToString((account + ":" + PASSWORD).getBytes());
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Authorization", "Basic " + login)
                .header("Content-Type", "application/json")
                .header("Accept-Language", language)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.close();
    }
}
