package allmende.app.federation.exchange;

import allmende.app.federation.Decided;
import allmende.app.federation.PartyId;
import allmende.app.federation.trust.Application;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** At a portal: who takes part, by decision of a person. */
public final class Enrolments {

    private static final String REVOKED = "REVOKED";

    private final Self self;
    private final HubExchange hub;
    private final MessageStore store;
    private final InstantSource clock;

    /** Decides for this exchange over its store. */
    public Enrolments(Self self, HubExchange hub, MessageStore store, InstantSource clock) {
        this.self = self;
        this.hub = hub;
        this.store = store;
        this.clock = clock;
    }

    /** What a site is told about its request. */
    public enum Reply {
        PENDING,
        ACCEPTED,
        REFUSED,
        REVOKED,
        /** Not a request, or not for this portal, or signed too long ago. */
        INVALID,
        /** Too many requests wait; to be sent again later. */
        BUSY
    }

    /** Takes a site's request, or says how it stands. */
    public Reply apply(String jws) {
        Optional<Application> read = Application.read(jws, self.id(), self.reader(), clock.instant());
        if (read.isEmpty()) {
            return Reply.INVALID;
        }
        Application application = read.get();
        return store.transaction(session -> {
            String thumbprint = application.key().thumbprint();
            Party party = member(application);
            if (party != null && Objects.equals(party.certificate(), application.certificate())) {
                return Reply.ACCEPTED;
            }
            Optional<Applied> known = session.application(thumbprint);
            // A member that shows another client certificate asks anew: a person looks at it again.
            boolean renewal = party != null
                    && known.isPresent()
                    && !Objects.equals(known.get().certificate(), application.certificate());
            if (known.isPresent() && !renewal) {
                return reply(known.get());
            }
            if (session.revokedKeys().contains(thumbprint) || thumbprint.equals(ownThumbprint())) {
                return Reply.REVOKED;
            }
            if (pending(session).size() >= Limits.APPLICATIONS_MAX) {
                return Reply.BUSY;
            }
            session.put(new Applied(
                    thumbprint,
                    application.party(),
                    application.name(),
                    application.key().text(),
                    application.certificate(),
                    clock.instant(),
                    Applied.State.PENDING));
            return Reply.PENDING;
        });
    }

    /** The party that takes part under this name with this key; null if there is none. */
    private @Nullable Party member(Application application) {
        Party party = hub.roster().party(application.party());
        return party != null
                        && hub.roster().trusts(party.id())
                        && party.thumbprint().equals(application.key().thumbprint())
                ? party
                : null;
    }

    private String ownThumbprint() {
        return self.key().publicKey().thumbprint();
    }

    private static Reply reply(Applied application) {
        return switch (application.state()) {
            case PENDING -> Reply.PENDING;
            case ACCEPTED -> Reply.ACCEPTED;
            case REFUSED -> Reply.REFUSED;
            case REVOKED -> Reply.REVOKED;
        };
    }

    private static List<Applied> pending(MessageStore.Session session) {
        return session.applications().stream()
                .filter(application -> application.state() == Applied.State.PENDING)
                .toList();
    }

    /** Requests that wait for a decision, oldest first. */
    public List<Applied> requests() {
        return store.transaction(Enrolments::pending);
    }

    /** Lets a site take part. */
    public Decided accept(String thumbprint, String by) {
        Decided decided = store.transaction(session -> {
            Optional<Applied> found = pending(session).stream()
                    .filter(application -> application.thumbprint().equals(thumbprint))
                    .findFirst();
            if (found.isEmpty()) {
                return Decided.UNKNOWN;
            }
            Applied application = found.get();
            if (session.revokedKeys().contains(thumbprint)) {
                return Decided.KEY_REVOKED;
            }
            Party before = hub.roster().party(application.party());
            boolean takesPart = hub.roster().trusts(application.party());
            boolean renewed = takesPart && before != null && before.thumbprint().equals(thumbprint);
            if (application.party().equals(self.id()) || (takesPart && !renewed)) {
                return Decided.NAME_TAKEN;
            }
            session.put(new Party(
                    application.party(),
                    application.name(),
                    application.key(),
                    thumbprint,
                    application.certificate(),
                    false));
            if (!renewed) {
                session.reset(application.party());
            }
            session.put(application.decided(Applied.State.ACCEPTED));
            session.decided(by, "ACCEPT", application.party() + " " + thumbprint, clock.instant());
            Roster.version(session, Roster.version(session) + 1);
            return Decided.DONE;
        });
        hub.reread();
        return decided;
    }

    /** Refuses a request. */
    public Decided refuse(String thumbprint, String by) {
        return store.transaction(session -> {
            Optional<Applied> found =
                    session.application(thumbprint).filter(application -> application.state() == Applied.State.PENDING);
            found.ifPresent(application -> {
                session.put(application.decided(Applied.State.REFUSED));
                session.decided(by, "REFUSE", application.party() + " " + thumbprint, clock.instant());
            });
            return found.isPresent() ? Decided.DONE : Decided.UNKNOWN;
        });
    }

    /** Ends a party's part: its key is never believed again, here and, by the next list of parties, everywhere. */
    public Decided revoke(PartyId site, String by) {
        Decided decided = store.transaction(session -> {
            Optional<Party> found = session.parties().stream()
                    .filter(party -> party.id().equals(site) && !party.revoked())
                    .findFirst();
            if (found.isEmpty()) {
                return Decided.UNKNOWN;
            }
            Party party = found.get();
            session.put(party.end());
            session.revokeKey(party.thumbprint(), site);
            session.application(party.thumbprint())
                    .ifPresent(application -> session.put(application.decided(Applied.State.REVOKED)));
            session.reset(site);
            for (String task : session.unanswered(site)) {
                session.question(task).ifPresent(question -> session.answer(hub.finding(question, site, REVOKED)));
            }
            session.decided(by, "REVOKE", site + " " + party.thumbprint(), clock.instant());
            Roster.version(session, Roster.version(session) + 1);
            return Decided.DONE;
        });
        hub.reread();
        return decided;
    }
}
