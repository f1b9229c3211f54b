package allmende.app.federation.outpost;

import allmende.app.federation.Decided;
import allmende.app.federation.Outpost;
import allmende.app.federation.OutpostStatus;
import allmende.app.federation.PartyId;
import allmende.app.federation.TaskHandler;
import allmende.app.federation.TaskKind;
import allmende.app.federation.WaitingTask;
import allmende.app.federation.exchange.MessageStore;
import allmende.app.federation.exchange.OutpostExchange;
import allmende.app.federation.exchange.Self;
import allmende.app.federation.exchange.TaskDesk;
import allmende.app.federation.policy.PolicyFile;
import allmende.app.federation.trust.Fingerprint;
import allmende.app.federation.trust.Presentation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.JsonNode;

/** A site's side: virtual threads that call, send and work, each waiting for the others' news. */
public final class OutpostService implements Outpost, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(OutpostService.class);
    private static final int WORKERS = 2;
    private static final Duration CONNECTED = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
    private static final Duration AFTER_ERROR = Duration.ofSeconds(5);
    private static final Duration STOP = Duration.ofSeconds(3);

    private final Self self;
    private final InstantSource clock;
    private final OutpostExchange exchange;
    private final TaskDesk desk;
    private final PolicyFile policy;
    private final Link link;
    private final Map<TaskKind, TaskHandler> handlers = new ConcurrentHashMap<>();
    private final Semaphore tasks = new Semaphore(0);
    private final Semaphore outgoing = new Semaphore(0);
    private final Semaphore confirmed = new Semaphore(0);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Tunnel tunnel;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;

    /** A site over this store. */
    public OutpostService(Self self, MessageStore store, PolicyFile policy, Connection connection) {
        this.self = self;
        this.clock = connection.clock();
        this.policy = policy;
        this.tunnel = connection.tunnel();
        this.exchange = new OutpostExchange(self, store, clock, OutpostService::fresh);
        this.desk = new TaskDesk(self, exchange, store, clock, OutpostService::fresh);
        this.link = new Link(
                self,
                exchange,
                new Link.Surroundings(connection.tunnel(), clock, RandomGenerator.of("L64X128MixRandom")));
    }

    /** How the portal is reached, and by which clock. */
    public record Connection(Tunnel tunnel, InstantSource clock) {}

    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    @Override
    public void onTask(TaskKind kind, TaskHandler handler) {
        handlers.put(kind, handler);
        tasks.release();
    }

    @Override
    public void publish(TaskKind kind, JsonNode content) {
        exchange.publish(kind, content);
        outgoing.release();
    }

    @Override
    public void pause(String by) {
        desk.pause(true, by);
    }

    @Override
    public void resume(String by) {
        desk.pause(false, by);
        tasks.release();
    }

    @Override
    public List<WaitingTask> waiting() {
        return desk.waiting();
    }

    @Override
    public Decided approve(String taskId, String by) {
        Decided decided = desk.approve(taskId, by);
        tasks.release();
        return decided;
    }

    @Override
    public Decided decline(String taskId, String by, String reason) {
        Decided decided = desk.decline(taskId, by, reason);
        tasks.release();
        return decided;
    }

    @Override
    public OutpostStatus status() {
        Presentation presented = link.presented();
        String known = exchange.portalThumbprint();
        String thumbprint = presented == null ? known : presented.key().thumbprint();
        Instant contact = link.lastContact();
        boolean connected = link.problem() == null
                && contact != null
                && Duration.between(contact, clock.instant()).compareTo(CONNECTED) < 0;
        return new OutpostStatus(
                link.state(),
                thumbprint == null ? null : Fingerprint.of(thumbprint),
                connected,
                contact,
                link.problem(),
                desk.isPaused() || policy.isPaused(),
                policy.problems(),
                policy.featuresOff(),
                exchange.unsent());
    }

    @Override
    public Decided confirmPortal(String fingerprint, String by) {
        boolean done = link.confirm(fingerprint, by);
        confirmed.release();
        return done ? Decided.DONE : Decided.UNKNOWN;
    }

    @Override
    public PartyId id() {
        return self.id();
    }

    @Override
    public String fingerprint() {
        return Fingerprint.of(self.key().publicKey());
    }

    @Override
    public synchronized void start() {
        if (running) {
            return;
        }
        running = true;
        thread("calls", this::calls);
        thread("sends", this::sends);
        for (int i = 0; i < WORKERS; i++) {
            thread("works-" + i, this::works);
        }
    }

    private void thread(String what, Round round) {
        threads.add(
                Thread.ofVirtual().name("federation-" + self.id() + "-" + what).start(() -> repeat(round)));
    }

    /** One round of a thread's work, including the wait for the next. */
    private interface Round {
        void run() throws InterruptedException;
    }

    private void repeat(Round round) {
        while (running) {
            try {
                round.run();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                // Most likely the database is away. Only the kind of failure: its message could hold content.
                LOG.warn(
                        "The federation of {} waits after {}",
                        self.id(),
                        e.getClass().getName());
                pause();
            }
        }
    }

    private void pause() {
        try {
            if (stopping.await(AFTER_ERROR.toMillis(), TimeUnit.MILLISECONDS)) {
                running = false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void calls() throws InterruptedException {
        OutpostStatus.State before = link.state();
        Link.Step step = link.step();
        if (step.tasks()) {
            tasks.release(WORKERS);
        }
        if (link.state() != before) {
            outgoing.release();
        }
        if (step.pause().isPositive()) {
            boolean woken = confirmed.tryAcquire(step.pause().toMillis(), TimeUnit.MILLISECONDS);
            if (woken) {
                confirmed.drainPermits();
            }
        }
    }

    private void sends() throws InterruptedException {
        Duration pause = link.send();
        if (pause == null) {
            if (outgoing.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                outgoing.drainPermits();
            }
        } else if (pause.isPositive()) {
            if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                running = false;
            }
        }
    }

    private void works() throws InterruptedException {
        if (desk.work(policy, handlers::get)) {
            outgoing.release();
        } else {
            if (!tasks.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                desk.tidy();
            }
        }
    }

    @Override
    public synchronized void stop() {
        // First without interrupts: those would tear connections to the database that threads may be using.
        running = false;
        stopping.countDown();
        tunnel.close();
        List.of(tasks, outgoing, confirmed).forEach(news -> news.release(WORKERS));
        for (Thread thread : threads) {
            try {
                if (!thread.join(STOP)) {
                    thread.interrupt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        threads.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Begins last and ends first: its handlers need what the other beans do. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
