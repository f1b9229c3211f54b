package allmende.app.federation.outpost;

import allmende.app.federation.FederationOptions;
import allmende.app.federation.hub.FederationServlet;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** One call for messages over a link, by somebody who does not ask to take part first. */
public final class BareCall {

    private BareCall() {}

    /** What the portal answers to this signed call. */
    public static String send(FederationOptions.Link link, String call) throws IOException, InterruptedException {
        try (Tunnel tunnel = Tunnel.open(link)) {
            HttpRequest request = HttpRequest.newBuilder(link.portal().resolve("/federation/messages"))
                    .header(FederationServlet.CALL, call)
                    .build();
            return tunnel.http()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
