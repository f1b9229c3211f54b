package allmende.app.federation.exchange;

import allmende.app.federation.FederationTask;
import allmende.app.federation.PartyId;
import allmende.app.federation.TaskKind;
import allmende.app.federation.TaskOutcome;
import allmende.app.federation.trust.Act;
import allmende.app.federation.trust.Call;
import allmende.app.federation.trust.Checked;
import allmende.app.federation.trust.Claims;
import allmende.app.federation.trust.Envelope;
import allmende.app.federation.trust.MessageCheck;
import allmende.app.federation.trust.Rejection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A portal's side of the protocol: what it makes of calls and messages, and what it has for whom. Everything that must
 * outlive the program is in the store; the rest (who called when in this run) may be lost at any time.
 */
public final class HubExchange {

    private static final String DIRECTORY = "directory";

    private final Self self;
    private final MessageStore store;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final String run;
    private final Map<PartyId, Long> counts = new ConcurrentHashMap<>();
    private volatile Roster roster;
    private volatile Map<PartyId, Long> settled = new ConcurrentHashMap<>();
    private volatile Consumer<Map<PartyId, Queued>> queuedListener = queued -> {};
    private volatile DirectoryMessage directory = new DirectoryMessage(-1, "");

    /** @param ids makes ids that nobody guesses and that never repeat */
    public HubExchange(Self self, MessageStore store, InstantSource clock, Supplier<String> ids) {
        this.self = self;
        this.store = store;
        this.clock = clock;
        this.ids = ids;
        this.run = ids.get();
        this.roster = Roster.read(store, self.reader());
    }

    /** The parties as of now. */
    Roster roster() {
        return roster;
    }

    /** To be called after parties were changed in the store. */
    void reread() {
        // Before the new keys are believed: with a new key a party begins anew, whatever was settled before.
        settled = new ConcurrentHashMap<>();
        roster = roster.again(store, self.reader());
    }

    /** Everybody known, by name. */
    public List<Party> parties() {
        return roster.parties();
    }

    /** How many messages wait for this site. */
    public int waiting(PartyId site) {
        return store.transaction(session -> session.waiting(site));
    }

    /** Checks a site's call. What the call says that the site has, is settled. */
    public Caller call(String jws) {
        return switch (check().call(jws, clock.instant())) {
            case Checked.Bad<Call>(Rejection reason) -> new Caller.Turned(reason, run);
            case Checked.Good<Call>(Call call, var signer) -> {
                if (!call.run().equals(run)) {
                    yield new Caller.Turned(Rejection.OTHER_RUN, run);
                }
                if (!isNew(call)) {
                    yield new Caller.Turned(Rejection.REPLAYED, run);
                }
                yield new Caller.Known(call, signer.certificate());
            }
        };
    }

    private boolean isNew(Call call) {
        AtomicBoolean fresh = new AtomicBoolean();
        counts.compute(call.from(), (site, last) -> {
            fresh.set(last == null || last < call.count());
            return fresh.get() ? call.count() : last;
        });
        return fresh.get();
    }

    private MessageCheck check() {
        return new MessageCheck(self.id(), roster);
    }

    /** Notes what the calls say that the sites have taken. */
    public void settle(Collection<Call> calls) {
        Map<PartyId, Long> known = settled;
        // Sorted, as all who lock several queues do.
        Map<PartyId, Long> taken = new TreeMap<>();
        for (Call call : calls) {
            if (!Objects.equals(known.get(call.from()), call.after())) {
                taken.merge(call.from(), call.after(), Math::max);
            }
        }
        if (taken.isEmpty()) {
            return;
        }
        store.write(session -> {
            List<PartyId> ahead = session.ahead(taken);
            Map<PartyId, Long> usual = new TreeMap<>(taken);
            usual.keySet().removeAll(ahead);
            session.settle(usual);
            ahead.forEach(party -> session.renumber(party, Objects.requireNonNull(taken.get(party))));
        });
        known.putAll(taken);
    }

    /**
     * Hears what was put into queues as soon as that is durable, so that it need not be read from the store for the calls
     * that are held.
     */
    public void onQueued(Consumer<Map<PartyId, Queued>> listener) {
        queuedListener = listener;
    }

    /** What this portal has for the caller now, signed; empty if nothing. */
    public List<Envelope> ready(Call call) {
        return ready(call, null);
    }

    /**
     * The same.
     *
     * @param inHand a message that is known to wait for the caller; null for none
     */
    public List<Envelope> ready(Call call, @Nullable Queued inHand) {
        Roster current = roster;
        if (!current.trusts(call.from())) {
            return List.of();
        }
        List<Envelope> envelopes = new ArrayList<>();
        if (call.directory() < current.version()) {
            envelopes.add(directory(call.from(), current));
        }
        long previous = call.after();
        int characters = 0;
        for (Queued queued : queued(call, inHand)) {
            String body = FederationTask.addressed(queued.message().body(), call.from());
            characters += body.length();
            if (characters > Limits.REPLY_CHARACTERS_MAX && previous > call.after()) {
                break;
            }
            envelopes.add(sealed(call.from(), queued, previous, body));
            previous = queued.number();
        }
        return envelopes;
    }

    /** A message in hand is the first that the caller lacks if nothing can be between it and what the caller has. */
    private List<Queued> queued(Call call, @Nullable Queued inHand) {
        return inHand != null && inHand.number() == call.after() + 1
                ? List.of(inHand)
                : store.transaction(session -> session.queued(call.from(), call.after(), Limits.REPLY_MESSAGES_MAX));
    }

    private Envelope sealed(PartyId to, Queued queued, long previous, String body) {
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
                        previous,
                        clock.instant(),
                        Claims.hash(body)),
                body);
    }

    private Envelope directory(PartyId to, Roster current) {
        DirectoryMessage message = directory;
        if (message.version() != current.version()) {
            JsonNode content = Directory.of(current.parties(), store.transaction(MessageStore.Session::revokedKeys))
                    .write();
            message = new DirectoryMessage(
                    current.version(),
                    FederationTask.publication(ids.get(), TaskKind.DIRECTORY, self.id(), content, clock.instant()));
            directory = message;
        }
        Outgoing outgoing = new Outgoing(ids.get(), Act.PUBLISH, TaskKind.DIRECTORY, DIRECTORY, message.body());
        return sealed(to, new Queued(message.version(), outgoing), 0, message.body());
    }

    /** Checks a message that a site sends, before its body is read. */
    public Checked<Claims> check(String jws) {
        return check().message(jws, clock.instant());
    }

    /** Takes a message that was {@linkplain #check checked}: durably, and never twice. */
    public Receipt take(Claims claims, String body) {
        return take(List.of(new Sent(claims, body))).getFirst();
    }

    /** A message of a site that was {@linkplain #check checked}. */
    public record Sent(Claims claims, String body) {}

    /** Takes messages of several sites in one transaction; a receipt for each, in the order of the messages. */
    public List<Receipt> take(List<Sent> messages) {
        Receipt[] receipts = new Receipt[messages.size()];
        List<Integer> unaltered = new ArrayList<>();
        for (int i = 0; i < receipts.length; i++) {
            if (messages.get(i).claims().covers(messages.get(i).body())) {
                unaltered.add(i);
            } else {
                receipts[i] = Receipt.refused(Rejection.ALTERED);
            }
        }
        // All who lock several queues do it in the order of their names, so that nobody waits for each other.
        unaltered.sort(
                Comparator.comparing((Integer i) -> messages.get(i).claims().from())
                        .thenComparingLong(i -> messages.get(i).claims().number()));
        if (!unaltered.isEmpty()) {
            store.write(session -> {
                Taking taking = new Taking(session, party -> roster.trusts(party), clock);
                unaltered.forEach(i -> receipts[i] = taking.take(messages.get(i)));
            });
        }
        return List.of(receipts);
    }

    /**
     * Asks these sites, unless that was done with this key before.
     *
     * @return the task's id
     */
    public String ask(String key, TaskKind kind, JsonNode input, Collection<PartyId> sites, Instant deadline) {
        if (key.isEmpty() || key.length() > Limits.KEY_MAX_CHARACTERS) {
            throw new IllegalArgumentException("A key has 1 to " + Limits.KEY_MAX_CHARACTERS + " characters");
        }
        Instant now = clock.instant();
        String id = ids.get();
        String body = FederationTask.ask(id, kind, self.id(), new FederationTask.Times(now, deadline), input);
        Question question = new Question(id, key, kind, body, now, deadline);
        Map<PartyId, Queued> queued = new HashMap<>();
        String task = store.transaction(session -> {
            String before = session.begin(question);
            if (before != null) {
                return before;
            }
            Set<PartyId> crowded = Set.copyOf(session.crowded(Limits.QUEUE_MAX));
            Set<PartyId> reached = new LinkedHashSet<>();
            List<Answered> unreached = new ArrayList<>();
            for (PartyId site : new LinkedHashSet<>(sites)) {
                if (!roster.trusts(site)) {
                    unreached.add(finding(question, site, "NOT_ENROLLED"));
                } else if (crowded.contains(site)) {
                    unreached.add(finding(question, site, "UNDELIVERABLE"));
                } else {
                    reached.add(site);
                }
            }
            queued.putAll(session.ask(question, reached, ids));
            unreached.forEach(session::answerUnasked);
            return id;
        });
        queuedListener.accept(queued);
        return task;
    }

    /** The portal's own finding about a site that does not answer itself. */
    Answered finding(Question question, PartyId site, String code) {
        Instant now = clock.instant();
        var asked = FederationTask.readQuestion(question.body())
                .orElseThrow(() -> new IllegalStateException("A stored question can't be read"));
        return new Answered(
                question.id(),
                site,
                FederationTask.answer(asked, site, new TaskOutcome.Failed(code), now),
                now,
                now.isAfter(question.deadline()));
    }

    /** Outcomes that no listener took. */
    public List<Answered> untaken(int max) {
        return store.transaction(session -> session.untaken(max));
    }

    /** A listener took these outcomes. */
    public void listened(Collection<Answered> answers) {
        store.write(session -> {
            session.listened(answers);
        });
    }

    /** Publications that no listener took. */
    public List<Published> unheard() {
        return store.transaction(Questions::unheard);
    }

    /** A listener took this publication. */
    public void heard(Published publication) {
        store.write(session -> {
            session.heard(publication);
        });
    }

    /** Gives up on what nobody will answer any more and forgets what is long over. */
    public void tidy() {
        Instant over = clock.instant().minus(Limits.LATE_MAX);
        store.write(session -> {
            for (Questions.Unanswered silent : session.unansweredBefore(over, Limits.QUEUE_MAX)) {
                session.question(silent.task())
                        .ifPresent(question -> session.answer(finding(question, silent.site(), "UNDELIVERABLE")));
                session.withdraw(silent.site(), silent.task());
            }
            session.forgetQuestions(over.minus(Limits.MEMORY));
        });
    }

    private record DirectoryMessage(long version, String body) {}
}
