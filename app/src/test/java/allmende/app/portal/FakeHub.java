package allmende.app.portal;

import allmende.app.federation.AnswerListener;
import allmende.app.federation.Decided;
import allmende.app.federation.EnrolmentRequest;
import allmende.app.federation.Hub;
import allmende.app.federation.Member;
import allmende.app.federation.PartyId;
import allmende.app.federation.PublicationListener;
import allmende.app.federation.TaskKind;
import allmende.app.federation.TaskOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/** A federation of sites that answer at once, or when told to. */
public final class FakeHub implements Hub {

    /** What was asked. */
    public record Sent(String task, JsonNode body, List<PartyId> sites) {}

    public final List<Sent> sent = new ArrayList<>();
    public final List<String> sites = new ArrayList<>(List.of("site-a", "site-b", "site-c", "site-d"));
    public volatile BiFunction<String, JsonNode, TaskOutcome> answers = (site, body) -> null;
    public volatile boolean broken;
    private final AtomicInteger tasks = new AtomicInteger();
    private final List<AnswerListener> answerListeners = new ArrayList<>();
    private final List<PublicationListener> publicationListeners = new ArrayList<>();

    @Override
    public synchronized String ask(
            String key, TaskKind kind, JsonNode body, Collection<PartyId> asked, Instant deadline) {
        if (broken) {
            throw new IllegalStateException("the federation is away");
        }
        String task = "task-" + System.nanoTime() + "-" + tasks.incrementAndGet();
        sent.add(new Sent(task, body, List.copyOf(asked)));
        for (PartyId site : asked) {
            TaskOutcome outcome = answers.apply(site.value(), body);
            if (outcome != null) {
                answer(task, site.value(), outcome, false);
            }
        }
        return task;
    }

    public synchronized void answer(String task, String site, TaskOutcome outcome, boolean late) {
        answerListeners.forEach(each -> each.answered(task, new PartyId(site), outcome, Instant.now(), late));
    }

    public synchronized void publish(String site, JsonNode statistics) {
        publicationListeners.forEach(
                each -> each.published(new PartyId(site), TaskKind.STATISTICS, statistics, Instant.now()));
    }

    @Override
    public List<Member> members() {
        return sites.stream()
                .map(site -> new Member(
                        new PartyId(site),
                        "Hospital " + site,
                        Member.State.ENROLLED,
                        "ab-cd",
                        true,
                        Instant.now(),
                        false,
                        0))
                .toList();
    }

    @Override
    public synchronized void onAnswer(AnswerListener listener) {
        answerListeners.add(listener);
    }

    @Override
    public synchronized void onPublication(PublicationListener listener) {
        publicationListeners.add(listener);
    }

    @Override
    public List<EnrolmentRequest> requests() {
        return List.of();
    }

    @Override
    public Decided accept(String requestId, String by) {
        return Decided.UNKNOWN;
    }

    @Override
    public Decided refuse(String requestId, String by) {
        return Decided.UNKNOWN;
    }

    @Override
    public Decided revoke(PartyId site, String by) {
        return Decided.UNKNOWN;
    }

    @Override
    public PartyId id() {
        return new PartyId("portal");
    }

    @Override
    public String fingerprint() {
        return "ab-cd";
    }
}
