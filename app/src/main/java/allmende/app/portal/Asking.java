package allmende.app.portal;

import allmende.app.audit.AuditEvent;
import allmende.app.audit.AuditTrail;
import allmende.app.federation.Hub;
import allmende.app.federation.Member;
import allmende.app.federation.PartyId;
import allmende.app.federation.TaskKind;
import allmende.app.identity.Account;
import allmende.app.identity.QuotaDesk.Quota;
import allmende.app.identity.Role;
import allmende.app.portal.Ask.AskedSite;
import allmende.core.disclosure.PublishedStatistics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the sites. The intent is stored first, in one transaction with the version that is asked and the quota that it
 * uses, under a key; then the federation takes it over under that key. Whatever ends in between, {@link #drive} hands it
 * over later. Should the portal end just after the hand-over and before noting it, the key tells the federation that it
 * has the question already: the sites are asked once.
 */
public final class Asking {

    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> WANTED = List.of("total", "funnel", "distribution");

    /** How long a page is held that waits for answers. */
    private static final Duration HOLD = Duration.ofSeconds(5);

    /** How long more answers are waited for once there is a new one, so that pages of many sites do not flicker. */
    private static final Duration GATHER = Duration.ofMillis(300);

    private static final int COHORT_MAX_CHARACTERS = 1024 * 1024;

    private final Parts parts;
    private final AskRows rows;
    private final ReentrantLock driving = new ReentrantLock();

    Asking(Parts parts) {
        this.parts = parts;
        this.rows = new AskRows(parts.database().jdbc());
    }

    /** What asking is made of. */
    record Parts(
            PortalDatabase database,
            Questions questions,
            Quotas quotas,
            Pseudonyms pseudonyms,
            Answers answers,
            Publications publications,
            Hub hub,
            AuditTrail audit,
            AskLimits limits,
            InstantSource clock) {}

    /**
     * What somebody wants to ask.
     *
     * @param question number of the question
     * @param revision the revision that they saw
     * @param version name of the version that is kept of it
     * @param cohort the question's cohort, CCDL as JSON text
     */
    public record Wish(long question, long revision, String version, String cohort) {}

    /** Asks all sites that take part; returns when that is stored and, unless something is in the way, handed over. */
    public Asked ask(Account account, Wish wish) {
        if (!account.affiliationConfirmed()) {
            return new Asked.Unconfirmed();
        }
        JsonNode cohort = readable(wish.cohort());
        if (cohort == null) {
            return new Asked.Unfit();
        }
        List<AskedSite> sites = sites();
        if (sites.isEmpty()) {
            return new Asked.NobodyThere();
        }
        Asked asked = parts.database().inTransaction(() -> intend(account, wish, body(account, cohort), sites));
        if (asked instanceof Asked.Sent(Ask ask)) {
            parts.audit()
                    .record(AuditEvent.of(
                                    account.name(), "question.asked", "question:" + ask.question() + "/" + ask.number())
                            .withHashOf(ask.cohort().getBytes(StandardCharsets.UTF_8)));
            drive();
        }
        return asked;
    }

    private Asked intend(Account account, Wish wish, String body, List<AskedSite> sites) {
        Viewer viewer = new Viewer(account.id(), account.team());
        Optional<Asked> refusal = parts.quotas().refuse(account.id());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return switch (parts.questions().keep(viewer, wish.question(), wish.revision(), wish.version())) {
            case Change.Missing _ -> new Asked.Missing();
            case Change.Stale _, Change.Nothing _ -> new Asked.Stale();
            case Change.Done(Question question) -> {
                int version = parts.questions()
                        .versions(viewer, question.id())
                        .getFirst()
                        .number();
                Instant now = parts.clock().instant();
                long id = rows.insert(
                        new AskRows.Intent(question.id(), version, account.id(), wish.cohort(), body, epsilon()),
                        sites,
                        now,
                        now.plus(parts.limits().patience()));
                yield rows.find(id).<Asked>map(Asked.Sent::new).orElseGet(Asked.Missing::new);
            }
        };
    }

    private static @Nullable JsonNode readable(String cohort) {
        if (cohort.length() > COHORT_MAX_CHARACTERS) {
            return null;
        }
        try {
            JsonNode tree = JSON.readTree(cohort);
            return tree.isObject() && !tree.path("inclusionCriteria").isEmpty() ? tree : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private String body(Account account, JsonNode cohort) {
        ObjectNode body = JSON.createObjectNode();
        body.set("query", cohort);
        body.putObject("requester")
                .put("pseudonym", parts.pseudonyms().of(account.id()))
                .put("role", role(account).name());
        ArrayNode want = body.putArray("want");
        WANTED.forEach(want::add);
        return body.toString();
    }

    private static Role role(Account account) {
        return account.is(Role.RESEARCHER)
                ? Role.RESEARCHER
                : account.roles().stream().sorted().findFirst().orElse(Role.RESEARCHER);
    }

    /** The sites that would be asked now. */
    public List<AskedSite> sites() {
        return parts.hub().members().stream()
                .filter(member -> member.state() == Member.State.ENROLLED)
                .map(member -> new AskedSite(member.id().value(), member.name()))
                .toList();
    }

    /** What a question costs at each site, in ε: the most that any site has published; 0 where none has. */
    public double epsilon() {
        return parts.publications().newest().values().stream()
                .map(PublishedStatistics::terms)
                .mapToDouble(PublishedStatistics.Terms::epsilon)
                .max()
                .orElse(0);
    }

    /** What the account can still ask. */
    public AccountBudget budget(Account account) {
        Instant now = parts.clock().instant();
        double capacity = parts.publications().newest().values().stream()
                .mapToDouble(site -> site.terms().capacity())
                .min()
                .orElse(0);
        double remaining = parts.answers().spent(account.id()).values().stream()
                .mapToDouble(spent -> spent.remaining(now))
                .min()
                .orElse(capacity);
        return new AccountBudget(epsilon(), capacity, remaining);
    }

    /** How many questions the account has asked and may ask. */
    public Quota quota(Account account) {
        return parts.quotas().quota(account.id());
    }

    /** Hands over what the federation has not taken yet. Called after each ask, at the start, and every few seconds. */
    public void drive() {
        driving.lock();
        try {
            for (AskRows.Waiting waiting : rows.waiting()) {
                List<PartyId> sites = waiting.sites().stream().map(PartyId::new).toList();
                JsonNode body = JSON.readTree(waiting.body());
                String task = parts.hub().ask(waiting.key(), TaskKind.FEASIBILITY, body, sites, waiting.deadline());
                rows.sent(waiting.id(), task);
            }
        } catch (RuntimeException e) {
            LOG.warn("A question could not be handed over to the sites yet; it will be tried again", e);
        } finally {
            driving.unlock();
        }
    }

    /** The asks of a question that the viewer may see, the newest first. */
    public List<Ask> history(Viewer viewer, long question) {
        return parts.questions().find(viewer, question).isEmpty() ? List.of() : rows.history(question);
    }

    /** One ask of a question that the viewer may see. */
    public Optional<Ask> find(Viewer viewer, long question, int number) {
        return parts.questions().find(viewer, question).flatMap(found -> rows.find(question, number));
    }

    /**
     * Waits for answers: until all sites have answered, or for a moment after there are more than {@code seen}, at most for
     * some seconds. So a page need not ask again and again.
     *
     * @param seen so many answers are known already
     */
    public void awaitAnswers(Ask ask, int seen) throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            long told = parts.answers().arrivals().told();
            int arrived = parts.answers().arrived(ask.id());
            Duration longest = arrived > seen ? GATHER : HOLD;
            Duration rest = longest.minusNanos(System.nanoTime() - start);
            if (arrived >= ask.sites().size() || !rest.isPositive()) {
                return;
            }
            parts.answers().arrivals().await(told, rest);
        }
    }

    /** What has come to an ask from each site, by the sites' names. */
    public List<SiteResult> results(Ask ask) {
        return parts.answers().of(ask.id(), parts.clock().instant());
    }
}
