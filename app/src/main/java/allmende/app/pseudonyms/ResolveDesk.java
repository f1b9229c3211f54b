package allmende.app.pseudonyms;

import allmende.app.audit.AuditEvent;
import allmende.app.audit.AuditTrail;
import allmende.app.pseudonyms.ResolveRequest.Decision;
import allmende.app.pseudonyms.ResolveRequest.State;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The only way to an original: one person asks with a purpose for named pseudonyms, another person grants it for a time, and
 * each step is in the trail of administrative acts before it takes effect.
 */
public final class ResolveDesk {

    /** Most pseudonyms of one request. */
    public static final int PSEUDONYMS_MAX = 1_000;

    /** Longest time for which a grant holds. */
    public static final Duration GRANT_MAX = Duration.ofDays(7);

    private static final int PURPOSE_MIN = 10;
    private static final int TEXT_MAX = 1_000;
    private static final int ID_BYTES = 8;

    private final PseudonymService service;
    private final ResolveTable table;
    private final AuditTrail trail;
    private final InstantSource clock;
    private final SecureRandom random;

    ResolveDesk(PseudonymService service, AuditTrail trail, InstantSource clock, SecureRandom random) {
        this.service = service;
        this.table = new ResolveTable(service.tables());
        this.trail = trail;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Who would resolve.
     *
     * @param machine whether it is a program rather than a person
     */
    record Holder(String name, boolean machine) {}

    /**
     * What somebody asks for.
     *
     * @param machine id of a program that may resolve in their stead; null for none
     */
    public record Wish(
            String domain,
            Collection<String> pseudonyms,
            String purpose,
            @Nullable String machine) {}

    /** Whether a step could be done. */
    public enum Step {
        /** It is done. */
        DONE,
        /** There is no such domain. */
        NO_DOMAIN,
        /** Between 1 and 1,000 pseudonyms can be asked for. */
        PSEUDONYMS,
        /** A purpose has 10 to 1,000 characters. */
        PURPOSE,
        /** Nobody decides on what they asked for themselves. */
        OWN,
        /** There is no such request that waits. */
        NOT_WAITING
    }

    /** Asks; the request waits for another person. */
    public Step ask(Wish wish, String by) {
        Optional<PseudonymDomain> domain = service.domain(wish.domain());
        if (domain.isEmpty()) {
            return Step.NO_DOMAIN;
        }
        Set<String> pseudonyms = new TreeSet<>(wish.pseudonyms());
        if (pseudonyms.isEmpty() || pseudonyms.size() > PSEUDONYMS_MAX) {
            return Step.PSEUDONYMS;
        }
        String purpose = wish.purpose().strip();
        if (purpose.length() < PURPOSE_MIN || purpose.length() > TEXT_MAX) {
            return Step.PURPOSE;
        }
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        ResolveRequest request = new ResolveRequest(
                HexFormat.of().formatHex(id),
                domain.get().name(),
                List.copyOf(pseudonyms),
                purpose,
                by,
                clock.instant(),
                wish.machine(),
                State.ASKED,
                null);
        note(by, "resolve.asked", request, pseudonyms.size() + " of " + request.domain() + ": " + purpose);
        table.add(request, domain.get().id());
        return Step.DONE;
    }

    /** Grants a request of somebody else's for a time. */
    public Step grant(String id, String by, Duration time) {
        Instant now = clock.instant();
        Duration bounded = time.compareTo(GRANT_MAX) > 0 ? GRANT_MAX : time;
        return decide(id, State.GRANTED, new Decision(by, now, now.plus(bounded), ""));
    }

    /** Refuses a request of somebody else's. */
    public Step refuse(String id, String by, String reason) {
        String bounded = SqlText.storable(reason.strip());
        String kept = bounded.length() > TEXT_MAX ? bounded.substring(0, TEXT_MAX) : bounded;
        return decide(id, State.REFUSED, new Decision(by, clock.instant(), null, kept));
    }

    private Step decide(String id, State state, Decision decision) {
        Optional<ResolveRequest> found = table.find(id);
        if (found.isEmpty() || found.get().state() != State.ASKED) {
            return Step.NOT_WAITING;
        }
        if (found.get().askedBy().equals(decision.by())) {
            return Step.OWN;
        }
        boolean granted = state == State.GRANTED;
        note(
                decision.by(),
                granted ? "resolve.granted" : "resolve.refused",
                found.get(),
                granted ? "until " + decision.expiresAt() : decision.reason());
        return table.decide(id, state, decision) ? Step.DONE : Step.NOT_WAITING;
    }

    /** The newest requests first. */
    public List<ResolveRequest> newest(int limit) {
        return table.newest(limit);
    }

    /** One request. */
    public Optional<ResolveRequest> find(String id) {
        return table.find(id);
    }

    /** The present time, by which grants expire. */
    public Instant now() {
        return clock.instant();
    }

    /**
     * What somebody learnt.
     *
     * @param granted the pseudonyms that a grant covers
     * @param originals originals of those that have one
     */
    record Resolved(Set<String> granted, Map<String, String> originals) {}

    /** The originals of those pseudonyms that were granted to the holder; noted before anybody sees them. */
    Result<Resolved> resolve(Holder holder, String domain, Collection<String> pseudonyms) {
        if (service.domain(domain).isEmpty()) {
            return Result.refused(Result.Refusal.NO_DOMAIN);
        }
        Instant now = clock.instant();
        Set<String> granted = table.granted(holder, domain, pseudonyms, now);
        if (granted.isEmpty()) {
            return new Result.Done<>(new Resolved(Set.of(), Map.of()));
        }
        trail.record(new AuditEvent(
                holder.name(), "resolve.resolved", "pseudonym-domain:" + domain, granted.size() + " pseudonyms"));
        table.resolved(holder, domain, granted, now);
        return service.resolve(domain, granted).map(originals -> new Resolved(granted, originals));
    }

    private void note(String by, String what, ResolveRequest request, String detail) {
        trail.record(new AuditEvent(by, what, "resolve-request:" + request.id(), detail));
    }
}
