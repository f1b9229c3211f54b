package allmende.app.federation.hub;

import allmende.app.federation.AnswerListener;
import allmende.app.federation.FederationTask;
import allmende.app.federation.PublicationListener;
import allmende.app.federation.TaskOutcome;
import allmende.app.federation.exchange.Answered;
import allmende.app.federation.exchange.HubExchange;
import allmende.app.federation.exchange.Published;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Hands answers and publications to the listeners, from one thread, until each was taken once. */
final class Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final int PAGE = 200;
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration TIDY = Duration.ofHours(1);

    private final HubExchange exchange;
    private final List<AnswerListener> answerListeners = new CopyOnWriteArrayList<>();
    private final List<PublicationListener> publicationListeners = new CopyOnWriteArrayList<>();
    private final Semaphore news = new Semaphore(0);
    private volatile boolean running;
    private @Nullable Thread thread;

    Deliveries(HubExchange exchange) {
        this.exchange = exchange;
    }

    void add(AnswerListener listener) {
        answerListeners.add(listener);
        wake();
    }

    void add(PublicationListener listener) {
        publicationListeners.add(listener);
        wake();
    }

    void wake() {
        news.release();
    }

    synchronized void start() {
        if (thread == null) {
            Thread fresh = Thread.ofVirtual().name("federation-deliveries").unstarted(this::run);
            thread = fresh;
            running = true;
            fresh.start();
        }
    }

    synchronized void stop() {
        Thread ended = thread;
        thread = null;
        running = false;
        if (ended != null) {
            // Not interrupted: that would tear a connection to the database that it may be using.
            wake();
            try {
                ended.join(RETRY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        long tidied = System.nanoTime() - TIDY.toNanos();
        while (running) {
            try {
                boolean all = deliver();
                if (System.nanoTime() - tidied >= TIDY.toNanos()) {
                    exchange.tidy();
                    tidied = System.nanoTime();
                }
                news.tryAcquire((all ? TIDY : RETRY).toMillis(), TimeUnit.MILLISECONDS);
                news.drainPermits();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn(
                        "Answers could not be handed on ({}); tried again.",
                        e.getClass().getSimpleName());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False if something has to be tried again. */
    private boolean deliver() {
        boolean all = true;
        if (!publicationListeners.isEmpty()) {
            for (Published publication : exchange.unheard()) {
                all &= deliver(publication);
            }
        }
        List<Answered> answers = answerListeners.isEmpty() ? List.of() : exchange.untaken(PAGE);
        while (all && !answers.isEmpty()) {
            List<Answered> taken = answers.stream().filter(this::deliver).toList();
            all = taken.size() == answers.size();
            exchange.listened(taken);
            answers = exchange.untaken(PAGE);
        }
        return all;
    }

    private boolean deliver(Published publication) {
        Optional<JsonNode> content = FederationTask.readPublication(publication.body());
        boolean taken = content.isEmpty()
                || publicationListeners.stream()
                        .allMatch(listener -> succeeds(() -> listener.published(
                                publication.site(), publication.kind(), content.get(), publication.at())));
        if (taken) {
            exchange.heard(publication);
        }
        return taken;
    }

    private boolean deliver(Answered answer) {
        TaskOutcome outcome =
                FederationTask.readAnswer(answer.body()).orElseGet(() -> new TaskOutcome.Failed("UNREADABLE"));
        return answerListeners.stream()
                .allMatch(listener -> succeeds(
                        () -> listener.answered(answer.task(), answer.site(), outcome, answer.at(), answer.late())));
    }

    private static boolean succeeds(Runnable delivery) {
        try {
            delivery.run();
            return true;
        } catch (RuntimeException e) {
            // Only the kind of failure: its message could hold content.
            LOG.warn(
                    "A listener failed with {}; it is told again.", e.getClass().getName());
            return false;
        }
    }
}
