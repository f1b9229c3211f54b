package allmende.app.federation.outpost;

import allmende.app.federation.exchange.Enrolments;
import allmende.app.federation.exchange.Receipt;
import allmende.app.federation.hub.FederationServlet;
import allmende.app.federation.trust.Envelope;
import allmende.app.federation.trust.Rejection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The portal's endpoints, called over HTTP. Whatever is not an answer of a portal is an {@link IOException}. */
final class PortalClient {

    private static final Duration SHORT = Duration.ofSeconds(20);

    /** A call is held for 25 seconds; this leaves time for the way. */
    private static final Duration HELD = Duration.ofSeconds(40);

    private static final Duration SENDING = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Tunnel tunnel;

    PortalClient(Tunnel tunnel) {
        this.tunnel = tunnel;
    }

    /** What a portal answered to a call. */
    sealed interface Reply {

        /** Messages, perhaps none. */
        record Messages(List<Envelope> envelopes) implements Reply {}

        /**
         * Nothing.
         *
         * @param run the portal's present run; null if it does not say
         */
        record Turned(Rejection reason, @Nullable String run) implements Reply {}
    }

    /** How the portal introduces itself. */
    String presentation() throws IOException, InterruptedException {
        HttpResponse<String> response =
                send(request("/federation/portal", SHORT).GET());
        if (response.statusCode() != OK) {
            throw new Hindrance.NoPortal("The portal answers with status " + response.statusCode());
        }
        return response.body();
    }

    /** Brings or repeats the request to take part. */
    Enrolments.Reply enrol(String application) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request("/federation/enrolments", SHORT)
                .POST(HttpRequest.BodyPublishers.ofString(application, StandardCharsets.US_ASCII)));
        return word(Enrolments.Reply.class, tree(response).path("state"), response.statusCode());
    }

    /** Calls for messages; held by the portal until there are some, up to half a minute. */
    Reply call(String call) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request("/federation/messages", HELD)
                .header(FederationServlet.CALL, call)
                .GET());
        JsonNode tree = tree(response);
        if (response.statusCode() != OK || !tree.path("messages").isArray()) {
            JsonNode run = tree.path("run");
            return new Reply.Turned(
                    word(Rejection.class, tree.path("refused"), response.statusCode()),
                    run.isString() ? run.asString() : null);
        }
        List<Envelope> envelopes = new ArrayList<>();
        for (JsonNode message : tree.path("messages")) {
            envelopes.add(new Envelope(
                    message.path("jws").asString(""), message.path("body").asString("")));
        }
        return new Reply.Messages(envelopes);
    }

    /** Sends a message. */
    Receipt send(Envelope envelope) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request("/federation/messages", SENDING)
                .header(FederationServlet.MESSAGE, envelope.jws())
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofString(envelope.body(), StandardCharsets.UTF_8)));
        JsonNode tree = tree(response);
        JsonNode refused = tree.path("refused");
        if (response.statusCode() == OK && tree.path("taken").isIntegralNumber()) {
            return new Receipt(
                    tree.path("taken").asLong(), refused.isMissingNode() ? null : word(Rejection.class, refused, OK));
        }
        return new Receipt(-1, word(Rejection.class, refused, response.statusCode()));
    }

    private HttpRequest.Builder request(String path, Duration longest) {
        String base = tunnel.link().portal().toString().replaceAll("/+$", "");
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(longest);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpClient http = tunnel.http();
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            tunnel.renew(http);
            throw e;
        }
    }

    private static JsonNode tree(HttpResponse<String> response) throws IOException {
        try {
            return JSON.readTree(response.body());
        } catch (JacksonException e) {
            throw new Hindrance.NoPortal("No portal answers: status " + response.statusCode(), e);
        }
    }

    private static <E extends Enum<E>> E word(Class<E> type, JsonNode node, int status) throws IOException {
        try {
            return Enum.valueOf(type, node.asString(""));
        } catch (IllegalArgumentException e) {
            throw new Hindrance.NoPortal("No portal answers: status " + status, e);
        }
    }
}
