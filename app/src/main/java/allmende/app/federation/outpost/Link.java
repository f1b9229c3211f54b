package allmende.app.federation.outpost;

import allmende.app.federation.OutpostStatus.State;
import allmende.app.federation.exchange.Enrolments;
import allmende.app.federation.exchange.OutpostExchange;
import allmende.app.federation.exchange.Receipt;
import allmende.app.federation.exchange.Self;
import allmende.app.federation.trust.Application;
import allmende.app.federation.trust.Envelope;
import allmende.app.federation.trust.Fingerprint;
import allmende.app.federation.trust.Presentation;
import allmende.app.federation.trust.Rejection;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A site's connection to its portal, one step at a time: get to know the portal, ask to take part, then call for messages
 * and send. Each step says how long to wait before the next.
 */
final class Link {

    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final String CLOCK = "CLOCK";
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration SELDOM = Duration.ofMinutes(1);

    private final Self self;
    private final Tunnel tunnel;
    private final PortalClient client;
    private final OutpostExchange exchange;
    private final InstantSource clock;
    private final Backoff callBackoff;
    private final Backoff sendBackoff;
    private volatile String run = "";
    private volatile State state = State.NEW;
    private volatile @Nullable Presentation presented;
    private volatile @Nullable Instant lastContact;
    private volatile @Nullable String problem;
    private boolean introduced;
    private int runs;

    Link(Self self, OutpostExchange exchange, Surroundings surroundings) {
        this.self = self;
        this.exchange = exchange;
        this.tunnel = surroundings.tunnel();
        this.client = new PortalClient(tunnel);
        this.clock = surroundings.clock();
        this.callBackoff = new Backoff(surroundings.random());
        this.sendBackoff = new Backoff(surroundings.random());
    }

    /** What a link needs from outside. */
    record Surroundings(Tunnel tunnel, InstantSource clock, RandomGenerator random) {}

    State state() {
        return state;
    }

    @Nullable
    String problem() {
        return problem;
    }

    @Nullable
    Instant lastContact() {
        return lastContact;
    }

    /** What the portal last introduced itself with. */
    @Nullable
    Presentation presented() {
        return presented;
    }

    /** What came of a step: how long to wait before the next, and whether tasks came in. */
    record Step(Duration pause, boolean tasks) {

        static Step after(Duration pause) {
            return new Step(pause, false);
        }
    }

    /** Does whatever is next. */
    Step step() throws InterruptedException {
        try {
            return next();
        } catch (IOException e) {
            if (tunnel.isClosed()) {
                return Step.after(AT_ONCE);
            }
            return failed(Hindrance.of(e, tunnel.link()));
        }
    }

    private Step failed(Hindrance hindrance) {
        hinder(hindrance.code(), hindrance.sentence());
        introduced = false;
        return Step.after(callBackoff.failure());
    }

    private void hinder(String code, String sentence) {
        if (!code.equals(problem)) {
            LOG.warn("{} tries on, but for now: {}", self.id(), sentence);
        }
        problem = code;
    }

    private void hinder(Rejection reason) {
        hinder(
                reason == Rejection.STALE ? CLOCK : reason.name(),
                reason == Rejection.STALE
                        ? "This machine's clock and the portal's differ by more than five minutes."
                        : "The portal and this site refuse what the other sends, for the reason " + reason + ".");
    }

    private Step next() throws IOException, InterruptedException {
        if (!introduced) {
            introduced = introduce();
            contact();
            if (!introduced) {
                return Step.after(SOON);
            }
        }
        if (exchange.isRevoked()) {
            state = State.REVOKED;
            return Step.after(SELDOM);
        }
        if (state != State.ENROLLED) {
            return enrol();
        }
        return exchange.isFull() ? Step.after(SOON) : call();
    }

    private void contact() {
        if (problem != null) {
            LOG.info("{} reaches its portal", self.id());
        }
        lastContact = clock.instant();
        problem = null;
    }

    /** Whether the portal is the one that was confirmed. */
    private boolean introduce() throws IOException, InterruptedException {
        Optional<Presentation> read = Presentation.read(client.presentation(), self.reader());
        if (read.isEmpty()) {
            throw new Hindrance.NoPortal("No portal answers");
        }
        Presentation portal = read.get();
        presented = portal;
        String confirmed = exchange.portalThumbprint();
        if (confirmed != null) {
            boolean same = confirmed.equals(portal.key().thumbprint())
                    && portal.portal().equals(exchange.portal());
            if (!same) {
                state = State.PORTAL_CHANGED;
            } else if (state == State.NEW || state == State.PORTAL_CHANGED) {
                state = State.REQUESTED;
            }
            return same;
        }
        String expected = tunnel.link().portalFingerprint();
        if (expected == null) {
            state = State.PORTAL_UNCONFIRMED;
            return false;
        }
        if (!Fingerprint.matches(expected, Fingerprint.of(portal.key()))) {
            state = State.PORTAL_CHANGED;
            return false;
        }
        exchange.trustPortal(portal.portal(), portal.name(), portal.key(), "configuration");
        state = State.REQUESTED;
        return true;
    }

    /** Trusts the portal that introduced itself, if this is its fingerprint. */
    boolean confirm(String fingerprint, String by) {
        Presentation portal = presented;
        if (portal == null || !Fingerprint.matches(fingerprint, Fingerprint.of(portal.key()))) {
            return false;
        }
        exchange.trustPortal(portal.portal(), portal.name(), portal.key(), by);
        state = State.REQUESTED;
        return true;
    }

    private Step enrol() throws IOException, InterruptedException {
        var portal = exchange.portal();
        if (portal == null) {
            introduced = false;
            return Step.after(SOON);
        }
        String certificate = tunnel.certificate();
        String application = Application.seal(
                self.key(), self.id(), portal, new Application.Profile(self.name(), certificate), clock.instant());
        Enrolments.Reply reply = client.enrol(application);
        contact();
        if (reply != Enrolments.Reply.BUSY) {
            callBackoff.success();
        }
        return switch (reply) {
            case ACCEPTED -> {
                state = State.ENROLLED;
                yield Step.after(AT_ONCE);
            }
            case PENDING -> {
                state = State.REQUESTED;
                yield Step.after(SOON);
            }
            case REFUSED -> {
                state = State.REFUSED;
                yield Step.after(SELDOM);
            }
            case REVOKED -> {
                state = State.REVOKED;
                yield Step.after(SELDOM);
            }
            case INVALID -> {
                // The one thing in a request that this program may get wrong is the time.
                hinder(Rejection.STALE);
                yield Step.after(SELDOM);
            }
            case BUSY -> Step.after(callBackoff.failure());
        };
    }

    private Step call() throws IOException, InterruptedException {
        PortalClient.Reply reply = client.call(exchange.call(run));
        return switch (reply) {
            case PortalClient.Reply.Messages(var envelopes) -> {
                contact();
                runs = 0;
                OutpostExchange.Delivered delivered = exchange.receive(envelopes);
                if (delivered.refused() == null) {
                    callBackoff.success();
                } else {
                    hinder(delivered.refused());
                    introduced = false;
                }
                yield new Step(delivered.refused() == null ? AT_ONCE : SOON, delivered.anything());
            }
            case PortalClient.Reply.Turned(Rejection reason, String current) -> turned(reason, current);
        };
    }

    private Step turned(Rejection reason, @Nullable String current) {
        return switch (reason) {
            case OTHER_RUN -> {
                // At once, unless it says so again and again: then several portals answer by turns.
                boolean first = runs++ == 0;
                run = current == null ? "" : current;
                yield Step.after(first ? AT_ONCE : callBackoff.failure());
            }
            case REVOKED_KEY -> {
                state = State.REVOKED;
                yield Step.after(SELDOM);
            }
            case UNKNOWN_KEY -> {
                // The portal does not know this site (any more): ask again to take part.
                state = State.REQUESTED;
                introduced = false;
                yield Step.after(SOON);
            }
            case STALE,
                    MALFORMED,
                    ALTERED,
                    REPLAYED,
                    WRONG_RECIPIENT,
                    FOREIGN_NAME,
                    GAP,
                    TOO_LARGE,
                    WRONG_CERTIFICATE -> {
                hinder(reason);
                yield Step.after(callBackoff.failure());
            }
        };
    }

    /**
     * Sends the next message.
     *
     * @return how long to wait before the next try; null if there is nothing to send
     */
    @Nullable
    Duration send() throws InterruptedException {
        if (state != State.ENROLLED) {
            return SOON;
        }
        Envelope envelope = exchange.next();
        if (envelope == null) {
            return null;
        }
        try {
            Receipt receipt = client.send(envelope);
            exchange.receipt(receipt);
            if (receipt.taken() < 0) {
                hinder(receipt.refused() == null ? Rejection.MALFORMED : receipt.refused());
                return sendBackoff.failure();
            }
            contact();
            sendBackoff.success();
            return AT_ONCE;
        } catch (IOException e) {
            return sendBackoff.failure();
        }
    }
}
