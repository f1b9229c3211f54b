package allmende.app.federation.hub;

import allmende.app.federation.AnswerListener;
import allmende.app.federation.Decided;
import allmende.app.federation.EnrolmentRequest;
import allmende.app.federation.FederationTask;
import allmende.app.federation.Hub;
import allmende.app.federation.Member;
import allmende.app.federation.PartyId;
import allmende.app.federation.PublicationListener;
import allmende.app.federation.TaskKind;
import allmende.app.federation.exchange.Caller;
import allmende.app.federation.exchange.Enrolments;
import allmende.app.federation.exchange.HubExchange;
import allmende.app.federation.exchange.MessageStore;
import allmende.app.federation.exchange.Party;
import allmende.app.federation.exchange.Receipt;
import allmende.app.federation.exchange.Self;
import allmende.app.federation.trust.Call;
import allmende.app.federation.trust.Checked;
import allmende.app.federation.trust.Claims;
import allmende.app.federation.trust.Envelope;
import allmende.app.federation.trust.Fingerprint;
import allmende.app.federation.trust.Presentation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.JsonNode;

/** A portal's side: joins the protocol with open calls and listeners. */
public final class HubService implements Hub, SmartLifecycle {

    /** How long a call without news is held; below what proxies on the way usually allow. */
    static final Duration HOLD = Duration.ofSeconds(25);

    private final Self self;
    private final InstantSource clock;
    private final HubExchange exchange;
    private final Enrolments enrolments;
    private final Polls polls = new Polls();
    private final Deliveries deliveries;
    private final Map<PartyId, Seen> seen = new ConcurrentHashMap<>();
    private final Together<Call, Boolean> settling;
    private final Together<HubExchange.Sent, Receipt> taking;
    private volatile boolean running;

    private record Seen(Instant at, boolean paused) {}

    /** A portal over this store. */
    public HubService(Self self, MessageStore store, InstantSource clock) {
        this.self = self;
        this.clock = clock;
        this.exchange =
                new HubExchange(self, store, clock, () -> UUID.randomUUID().toString());
        this.enrolments = new Enrolments(self, exchange, store, clock);
        this.deliveries = new Deliveries(exchange);
        this.settling = new Together<>(calls -> {
            exchange.settle(calls);
            return Collections.nCopies(calls.size(), true);
        });
        this.taking = new Together<>(exchange::take);
        exchange.onQueued(polls::hand);
    }

    @Override
    public String ask(String key, TaskKind kind, JsonNode body, Collection<PartyId> sites, Instant deadline) {
        String id = exchange.ask(key, kind, body, sites, deadline);
        polls.wake(sites);
        deliveries.wake();
        return id;
    }

    @Override
    public List<Member> members() {
        return exchange.parties().stream().map(this::member).toList();
    }

    private Member member(Party party) {
        Seen last = seen.get(party.id());
        return new Member(
                party.id(),
                party.name(),
                party.revoked() ? Member.State.REVOKED : Member.State.ENROLLED,
                Fingerprint.of(party.thumbprint()),
                polls.isOpen(party.id()),
                last == null ? null : last.at(),
                last != null && last.paused(),
                exchange.waiting(party.id()));
    }

    @Override
    public void onAnswer(AnswerListener listener) {
        deliveries.add(listener);
    }

    @Override
    public void onPublication(PublicationListener listener) {
        deliveries.add(listener);
    }

    @Override
    public List<EnrolmentRequest> requests() {
        return enrolments.requests().stream()
                .map(request -> new EnrolmentRequest(
                        request.thumbprint(),
                        request.party(),
                        request.name(),
                        Fingerprint.of(request.thumbprint()),
                        request.at()))
                .toList();
    }

    @Override
    public Decided accept(String requestId, String by) {
        // The others learn of the new one at their next call; only revocations are worth waking everybody.
        return enrolments.accept(requestId, by);
    }

    @Override
    public Decided refuse(String requestId, String by) {
        return enrolments.refuse(requestId, by);
    }

    @Override
    public Decided revoke(PartyId site, String by) {
        Decided decided = enrolments.revoke(site, by);
        polls.end(site);
        polls.wakeAll();
        deliveries.wake();
        return decided;
    }

    @Override
    public PartyId id() {
        return self.id();
    }

    @Override
    public String fingerprint() {
        return Fingerprint.of(self.key().publicKey());
    }

    /** How many sites hold their connection. */
    public int connections() {
        return polls.count();
    }

    /** The portal's name and key, signed by the key. */
    String presentation() {
        return Presentation.seal(self.key(), self.id(), self.name());
    }

    Enrolments.Reply apply(String jws) {
        return enrolments.apply(jws);
    }

    Caller call(String jws) {
        return exchange.call(jws);
    }

    /** Waits for messages for a site and returns them; an empty list after a while without any. */
    List<Envelope> await(Call call) throws InterruptedException {
        seen.put(call.from(), new Seen(clock.instant(), call.paused()));
        settling.of(call);
        try (Polls.Poll poll = polls.open(call.from())) {
            long end = System.nanoTime() + HOLD.toNanos();
            while (true) {
                List<Envelope> ready = poll.isEnded() ? List.of() : exchange.ready(call, poll.inHand());
                long rest = end - System.nanoTime();
                if (!ready.isEmpty() || rest <= 0 || !poll.await(Duration.ofNanos(rest))) {
                    return ready;
                }
            }
        }
    }

    Checked<Claims> check(String jws) {
        return exchange.check(jws);
    }

    Receipt take(Claims claims, String body) {
        Receipt receipt = taking.of(new HubExchange.Sent(claims, body));
        if (receipt.refused() == null) {
            deliveries.wake();
        }
        return receipt;
    }

    /** Longest body of a message, in bytes. */
    static int bodyMaxBytes() {
        return 2 * FederationTask.BODY_MAX_CHARACTERS;
    }

    @Override
    public void start() {
        polls.start();
        deliveries.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        polls.stop();
        deliveries.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Ends before the web server waits for open requests. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
