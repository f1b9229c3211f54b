package allmende.app.federation.exchange;

import allmende.app.federation.FederationTask;
import allmende.app.federation.PartyId;
import allmende.app.federation.TaskKind;
import allmende.app.federation.trust.Act;
import allmende.app.federation.trust.Call;
import allmende.app.federation.trust.Checked;
import allmende.app.federation.trust.Claims;
import allmende.app.federation.trust.Envelope;
import allmende.app.federation.trust.MessageCheck;
import allmende.app.federation.trust.Rejection;
import allmende.app.federation.trust.VerifyingKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A site's side of the protocol: calls, messages taken and sent. Everything that must outlive the program is in the store.
 * The portal is the one party that a site has a key of.
 */
public final class OutpostExchange {

    static final String PAUSED = "paused";
    private static final String CONNECTED = "portal";

    private final Self self;
    private final MessageStore store;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final AtomicLong calls = new AtomicLong();
    private volatile Roster roster;
    private volatile @Nullable PartyId portal;

    /** @param ids makes ids that nobody guesses and that never repeat */
    public OutpostExchange(Self self, MessageStore store, InstantSource clock, Supplier<String> ids) {
        this.self = self;
        this.store = store;
        this.clock = clock;
        this.ids = ids;
        this.roster = Roster.read(store, self.reader());
        this.portal = store.transaction(session -> session.setting(CONNECTED))
                .map(PartyId::new)
                .orElse(null);
    }

    /** The portal whose key was confirmed; null before that. */
    public @Nullable PartyId portal() {
        return portal;
    }

    /** Thumbprint of the confirmed portal's key; null before that. */
    public @Nullable String portalThumbprint() {
        PartyId id = portal;
        Party party = id == null ? null : roster.party(id);
        return party == null ? null : party.thumbprint();
    }

    /** Trusts this key as the portal's from now on. */
    public void trustPortal(PartyId id, String name, VerifyingKey key, String by) {
        boolean changed = !key.thumbprint().equals(portalThumbprint());
        store.write(session -> {
            session.put(new Party(id, name, key.text(), key.thumbprint(), null, false));
            if (changed) {
                session.reset(id);
                Roster.version(session, 0);
            }
            session.setting(CONNECTED, id.value());
            session.decided(by, "TRUST", id + " " + key.thumbprint(), clock.instant());
            for (TaskKind kind : TaskKind.values()) {
                session.setting(early(kind)).filter(body -> !body.isEmpty()).ifPresent(body -> {
                    session.append(id, new Outgoing(ids.get(), Act.PUBLISH, kind, ids.get(), body));
                    session.setting(early(kind), "");
                });
            }
        });
        portal = id;
        roster = Roster.read(store, self.reader());
    }

    /** Whether the list of parties says that this site's key is believed no more. */
    public boolean isRevoked() {
        return roster.standing(self.key().publicKey().thumbprint())
                instanceof allmende.app.federation.trust.Standing.Revoked;
    }

    boolean trusts(PartyId party) {
        return roster.trusts(party);
    }

    private PartyId confirmedPortal() {
        PartyId id = portal;
        if (id == null) {
            throw new IllegalStateException("The portal's key has not been confirmed yet");
        }
        return id;
    }

    /**
     * A signed call for messages. Its count rises from call to call, also over restarts of this site: the portal remembers
     * the last one as long as it runs.
     *
     * @param run the portal's run, as it last said; empty if unknown
     */
    public String call(String run) {
        Instant now = clock.instant();
        long count = calls.updateAndGet(last -> Math.max(last + 1, now.toEpochMilli()));
        PartyId to = confirmedPortal();
        record State(long taken, boolean paused) {}
        State state = store.transaction(session -> new State(
                session.taken(to),
                session.setting(PAUSED).map(Boolean::parseBoolean).orElse(false)));
        return new Call(self.id(), to, state.taken(), roster.version(), state.paused(), run, count, now)
                .seal(self.key());
    }

    /** Whether so many tasks wait to be worked on that no more should be fetched. */
    public boolean isFull() {
        return store.transaction(session ->
                session.count(Inbound.State.NEW) + session.count(Inbound.State.APPROVED) >= Limits.NEW_TASKS_MAX);
    }

    /** What came of a delivery: whether there is something new and, if something was refused, why. */
    public record Delivered(boolean anything, @Nullable Rejection refused) {}

    /** Takes messages, in order, up to the first that it refuses; durably and never twice. */
    public Delivered receive(List<Envelope> envelopes) {
        boolean anything = false;
        for (Envelope envelope : envelopes) {
            Rejection refused = receive(envelope);
            if (refused != null && refused != Rejection.REPLAYED) {
                return new Delivered(anything, refused);
            }
            anything |= refused == null;
        }
        return new Delivered(anything, null);
    }

    private @Nullable Rejection receive(Envelope envelope) {
        Checked<Claims> checked = new MessageCheck(self.id(), roster).message(envelope.jws(), clock.instant());
        return switch (checked) {
            case Checked.Bad<Claims>(Rejection reason) -> reason;
            case Checked.Good<Claims>(Claims claims, var signer) -> {
                if (!claims.covers(envelope.body())) {
                    yield Rejection.ALTERED;
                }
                yield claims.kind() == TaskKind.DIRECTORY
                        ? directory(claims, envelope.body())
                        : task(claims, envelope.body());
            }
        };
    }

    private @Nullable Rejection directory(Claims claims, String body) {
        Optional<JsonNode> content = FederationTask.readPublication(body);
        if (!claims.from().equals(portal) || claims.act() != Act.PUBLISH || content.isEmpty()) {
            return Rejection.MALFORMED;
        }
        Rejection rejection = store.<@Nullable Rejection>transaction(session -> {
            if (claims.number() <= Roster.version(session)) {
                return Rejection.REPLAYED;
            }
            Set<String> known = new HashSet<>(session.revokedKeys());
            for (String thumbprint : Directory.read(content.get()).revokedKeys()) {
                if (known.add(thumbprint)) {
                    session.revokeKey(thumbprint, claims.from());
                }
            }
            session.setting("parties", content.get().path("parties").toString());
            Roster.version(session, claims.number());
            return null;
        });
        roster = roster.again(store, self.reader());
        return rejection;
    }

    private @Nullable Rejection task(Claims claims, String body) {
        return store.<@Nullable Rejection>transaction(session -> {
            long taken = session.taken(claims.from());
            if (claims.number() <= taken) {
                return Rejection.REPLAYED;
            }
            if (claims.previous() > taken) {
                return Rejection.GAP;
            }
            if (claims.act() == Act.ASK) {
                session.receive(new Inbound(
                        claims.task(), claims.from(), claims.kind(), body, clock.instant(), Inbound.State.NEW, null));
            }
            session.take(claims.from(), claims.number());
            return null;
        });
    }

    /** The message to be sent next, signed; null if there is none. */
    public @Nullable Envelope next() {
        PartyId to = portal;
        if (to == null) {
            return null;
        }
        List<Queued> first = store.transaction(session -> session.queued(to, 0, 1));
        if (first.isEmpty()) {
            return null;
        }
        Queued queued = first.getFirst();
        Outgoing message = queued.message();
        return Envelope.seal(
                self.key(),
                new Claims(
                        message.id(),
                        self.id(),
                        to,
                        message.act(),
                        message.kind(),
                        message.task(),
                        queued.number(),
                        0,
                        clock.instant(),
                        Claims.hash(message.body())),
                message.body());
    }

    /** Takes note of what the portal says to a message that was sent. */
    public void receipt(Receipt receipt) {
        PartyId to = confirmedPortal();
        if (receipt.taken() < 0) {
            return;
        }
        store.write(session -> {
            if (receipt.taken() > session.sent(to)) {
                session.renumber(to, receipt.taken());
            } else {
                session.settle(to, receipt.taken());
            }
        });
    }

    /** Puts a publication into the queue, in place of an older one of its kind. */
    public void publish(TaskKind kind, JsonNode content) {
        PartyId to = portal;
        String id = ids.get();
        String body = FederationTask.publication(id, kind, self.id(), content, clock.instant());
        store.write(session -> {
            if (to == null) {
                session.setting(early(kind), body);
            } else {
                session.withdraw(to, Act.PUBLISH, kind);
                session.append(to, new Outgoing(ids.get(), Act.PUBLISH, kind, id, body));
            }
        });
    }

    /** Where a publication waits for the portal's key to be confirmed. */
    private static String early(TaskKind kind) {
        return "publication." + kind.name();
    }

    /** Messages that the portal has not acknowledged. */
    public int unsent() {
        PartyId to = portal;
        return to == null ? 0 : store.transaction(session -> session.waiting(to));
    }
}
