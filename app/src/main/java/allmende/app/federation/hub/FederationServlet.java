package allmende.app.federation.hub;

import allmende.app.federation.exchange.Caller;
import allmende.app.federation.exchange.Enrolments;
import allmende.app.federation.exchange.Receipt;
import allmende.app.federation.policy.TokenBucket;
import allmende.app.federation.trust.Call;
import allmende.app.federation.trust.Checked;
import allmende.app.federation.trust.Claims;
import allmende.app.federation.trust.Envelope;
import allmende.app.federation.trust.Jws;
import allmende.app.federation.trust.Rejection;
import allmende.app.federation.trust.Standing;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The endpoints that sites call: {@code GET /federation/portal}, {@code POST /federation/enrolments},
 * {@code GET} and {@code POST /federation/messages}. Signatures are checked before a body is read. A held call is a waiting
 * virtual thread.
 */
@SuppressWarnings("serial") // never serialised
public final class FederationServlet extends HttpServlet {

    /** Header with the signed call. */
    public static final String CALL = "Allmende-Call";

    /** Header with the signed claims of the message in the body. */
    public static final String MESSAGE = "Allmende-Message";

    private static final String MESSAGES_PATH = "/messages";
    private static final int BODIES_AT_ONCE_KIB = 64 * 1024;
    private static final int KIB = 1024;
    private static final int ENROLMENTS_PER_MINUTE = 6_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final transient HubService hub;
    private final transient Certificates certificates;
    private final transient InstantSource clock;
    private final transient AddressRate addresses = new AddressRate();
    private final transient TokenBucket enrolments;
    private final transient Semaphore bodies = new Semaphore(BODIES_AT_ONCE_KIB);

    /** The endpoints of this portal. */
    public FederationServlet(HubService hub, Certificates certificates, InstantSource clock) {
        this.hub = hub;
        this.certificates = certificates;
        this.clock = clock;
        this.enrolments = new TokenBucket(ENROLMENTS_PER_MINUTE / 10, ENROLMENTS_PER_MINUTE, clock.instant());
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (path(request)) {
            case "/portal" -> text(response, hub.presentation());
            case MESSAGES_PATH -> call(request, response);
            default -> response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (path(request)) {
            case "/enrolments" -> enrol(request, response);
            case MESSAGES_PATH -> message(request, response);
            default -> response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private static String path(HttpServletRequest request) {
        return request.getPathInfo() == null ? "" : request.getPathInfo();
    }

    private void enrol(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Instant now = clock.instant();
        // First by address: what one asks too much does not use up what all have together.
        if (!addresses.take(request.getRemoteAddr(), now) || !enrolments.take(now)) {
            response.setHeader("Retry-After", "5");
            state(response, 429, Enrolments.Reply.BUSY);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(Jws.MAX_CHARACTERS + 1);
        Enrolments.Reply reply = body.length > Jws.MAX_CHARACTERS
                ? Enrolments.Reply.INVALID
                : hub.apply(new String(body, StandardCharsets.US_ASCII));
        switch (reply) {
            case PENDING, ACCEPTED, REFUSED, REVOKED -> state(response, HttpServletResponse.SC_OK, reply);
            case INVALID -> state(response, HttpServletResponse.SC_BAD_REQUEST, reply);
            case BUSY -> state(response, 429, reply);
        }
    }

    private void call(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (hub.call(header(request, CALL))) {
            case Caller.Turned(Rejection reason, String run) -> refuse(response, reason, run);
            case Caller.Known(Call call, String certificate) -> {
                if (!certificates.isShown(request, certificate)) {
                    refuse(response, Rejection.WRONG_CERTIFICATE, null);
                    return;
                }
                try {
                    write(response, hub.await(call));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
                }
            }
        }
    }

    private static void write(HttpServletResponse response, List<Envelope> envelopes) throws IOException {
        response.setContentType("application/json");
        try (JsonGenerator json = JSON.createGenerator(response.getOutputStream())) {
            json.writeStartObject();
            json.writeArrayPropertyStart("messages");
            for (Envelope envelope : envelopes) {
                json.writeStartObject();
                json.writeStringProperty("jws", envelope.jws());
                json.writeStringProperty("body", envelope.body());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private void message(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (hub.check(header(request, MESSAGE))) {
            case Checked.Bad<Claims>(Rejection reason) -> refuse(response, reason, null);
            case Checked.Good<Claims>(Claims claims, Standing.Trusted signer) -> {
                if (!certificates.isShown(request, signer.certificate())) {
                    refuse(response, Rejection.WRONG_CERTIFICATE, null);
                } else {
                    take(claims, request, response);
                }
            }
        }
    }

    private void take(Claims claims, HttpServletRequest request, HttpServletResponse response) throws IOException {
        long length = request.getContentLengthLong();
        if (length < 0 || length > HubService.bodyMaxBytes()) {
            refuse(response, Rejection.TOO_LARGE, null);
            return;
        }
        int permits = (int) (length / KIB) + 1;
        bodies.acquireUninterruptibly(permits);
        try {
            String body = new String(request.getInputStream().readNBytes((int) length), StandardCharsets.UTF_8);
            Receipt receipt = hub.take(claims, body);
            ObjectNode reply = JSON.createObjectNode();
            reply.put("taken", receipt.taken());
            if (receipt.refused() != null) {
                reply.put("refused", receipt.refused().name());
            }
            json(response, HttpServletResponse.SC_OK, reply);
        } finally {
            bodies.release(permits);
        }
    }

    private static String header(HttpServletRequest request, String name) {
        String value = request.getHeader(name);
        return value == null ? "" : value;
    }

    private static void refuse(HttpServletResponse response, Rejection reason, @Nullable String run)
            throws IOException {
        ObjectNode reply = JSON.createObjectNode();
        reply.put("refused", reason.name());
        if (run != null) {
            reply.put("run", run);
        }
        json(response, reason == Rejection.TOO_LARGE ? 413 : HttpServletResponse.SC_FORBIDDEN, reply);
    }

    private static void state(HttpServletResponse response, int status, Enrolments.Reply reply) throws IOException {
        json(response, status, JSON.createObjectNode().put("state", reply.name()));
    }

    private static void json(HttpServletResponse response, int status, ObjectNode content) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.getOutputStream().write(JSON.writeValueAsBytes(content));
    }

    private static void text(HttpServletResponse response, String content) throws IOException {
        response.setContentType("application/jose");
        response.getOutputStream().write(content.getBytes(StandardCharsets.US_ASCII));
    }
}
