package allmende.app.federation.exchange;

import allmende.app.federation.Decided;
import allmende.app.federation.FederationTask;
import allmende.app.federation.IncomingTask;
import allmende.app.federation.Refusal;
import allmende.app.federation.TaskHandler;
import allmende.app.federation.TaskKind;
import allmende.app.federation.TaskOutcome;
import allmende.app.federation.WaitingTask;
import allmende.app.federation.trust.Act;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * At a site: what becomes of the tasks that it has taken. A task's outcome and the message that carries it are kept in one
 * transaction: if the program ends before that, the task is worked on again; if after, the answer goes out. So it is
 * answered exactly once.
 */
public final class TaskDesk {

    private static final int LOOK_AHEAD = 100;

    private final Self self;
    private final OutpostExchange exchange;
    private final MessageStore store;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();

    /** Works on what the exchange has taken into its store. */
    public TaskDesk(
            Self self, OutpostExchange exchange, MessageStore store, InstantSource clock, Supplier<String> ids) {
        this.self = self;
        this.exchange = exchange;
        this.store = store;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Deals with one task, if there is one that nobody deals with. Several threads may call this at once.
     *
     * @param handlers who does tasks of a kind; null where nobody does yet, then they wait
     * @return false if there was nothing to do
     */
    public boolean work(Gatekeeper gatekeeper, Function<TaskKind, @Nullable TaskHandler> handlers) {
        for (Inbound.State state : List.of(Inbound.State.DECLINED, Inbound.State.APPROVED, Inbound.State.NEW)) {
            for (Inbound task : store.transaction(session -> session.tasks(state, LOOK_AHEAD))) {
                TaskHandler handler = handlers.apply(task.kind());
                if (handler != null && inHand.add(task.id())) {
                    try {
                        deal(task, gatekeeper, handler);
                        return true;
                    } finally {
                        inHand.remove(task.id());
                    }
                }
            }
        }
        return false;
    }

    private void deal(Inbound task, Gatekeeper gatekeeper, TaskHandler handler) {
        Optional<IncomingTask> question = FederationTask.readQuestion(task.body())
                .filter(asked -> asked.id().equals(task.id())
                        && asked.kind() == task.kind()
                        && asked.from().equals(task.from()));
        if (question.isEmpty()) {
            IncomingTask stub = new IncomingTask(
                    task.id(),
                    task.kind(),
                    task.from(),
                    tools.jackson.databind.node.NullNode.getInstance(),
                    task.received(),
                    task.received());
            finish(task, stub, new TaskOutcome.Failed("UNREADABLE"));
            return;
        }
        IncomingTask asked = question.get();
        TaskOutcome early = early(task, asked);
        if (early != null) {
            finish(task, asked, early);
        } else if (task.state() == Inbound.State.APPROVED) {
            finish(task, asked, handled(asked, handler));
        } else {
            switch (gatekeeper.decide(asked, role(asked))) {
                case Gatekeeper.Verdict.Automatic() -> finish(task, asked, handled(asked, handler));
                case Gatekeeper.Verdict.Click() -> park(task, asked);
                case Gatekeeper.Verdict.Refuse(Refusal reason) ->
                    finish(task, asked, new TaskOutcome.Refused(reason, null));
            }
        }
    }

    /** What is settled without policy and handler. */
    private @Nullable TaskOutcome early(Inbound task, IncomingTask asked) {
        if (task.state() == Inbound.State.DECLINED) {
            return new TaskOutcome.Refused(Refusal.DECLINED, task.note());
        }
        if (!exchange.trusts(task.from())) {
            return new TaskOutcome.Refused(Refusal.POLICY, null);
        }
        if (isPaused()) {
            return new TaskOutcome.Refused(Refusal.PAUSED, null);
        }
        boolean over = clock.instant().isAfter(asked.deadline().plus(Limits.LATE_MAX));
        return over ? new TaskOutcome.Failed("EXPIRED") : null;
    }

    private static TaskOutcome handled(IncomingTask asked, TaskHandler handler) {
        try {
            return handler.handle(asked);
        } catch (RuntimeException e) {
            // The message could hold data; the handler's owner has logged what is to be logged.
            return new TaskOutcome.Failed("ERROR");
        }
    }

    /** The requester's role as the asker says. */
    static String role(IncomingTask asked) {
        return asked.input().path("requester").path("role").asString("");
    }

    private void park(Inbound task, IncomingTask asked) {
        boolean parked = store.transaction(session -> {
            boolean room = session.count(Inbound.State.WAITING) < Limits.WAITING_TASKS_MAX;
            if (room && isStill(session, task)) {
                session.update(task.in(Inbound.State.WAITING));
            }
            return room;
        });
        if (!parked) {
            finish(task, asked, new TaskOutcome.Refused(Refusal.RATE, null));
        }
    }

    private static boolean isStill(MessageStore.Session session, Inbound task) {
        return session.task(task.id())
                .filter(now -> now.state() == task.state())
                .isPresent();
    }

    private void finish(Inbound task, IncomingTask asked, TaskOutcome outcome) {
        String body = body(asked, outcome);
        store.write(session -> {
            if (isStill(session, task)) {
                session.update(task.done());
                session.append(task.from(), new Outgoing(ids.get(), Act.ANSWER, task.kind(), task.id(), body));
            }
        });
    }

    private String body(IncomingTask asked, TaskOutcome outcome) {
        Instant now = clock.instant();
        try {
            return FederationTask.answer(asked, self.id(), outcome, now);
        } catch (IllegalArgumentException e) {
            return FederationTask.answer(asked, self.id(), new TaskOutcome.Failed("TOO_LARGE"), now);
        }
    }

    /** Tasks that wait for a person, oldest first. */
    public List<WaitingTask> waiting() {
        return store.transaction(session -> session.tasks(Inbound.State.WAITING, Limits.WAITING_TASKS_MAX)).stream()
                .flatMap(task -> FederationTask.readQuestion(task.body()).stream())
                .map(asked -> new WaitingTask(asked, role(asked)))
                .toList();
    }

    /** Lets a waiting task through. */
    public Decided approve(String task, String by) {
        return decide(task, waiting -> waiting.in(Inbound.State.APPROVED), by, "APPROVE");
    }

    /** Refuses a waiting task. */
    public Decided decline(String task, String by, String reason) {
        return decide(task, waiting -> waiting.declined(reason), by, "DECLINE");
    }

    private Decided decide(String id, Function<Inbound, Inbound> decision, String by, String word) {
        return store.transaction(session -> {
            Optional<Inbound> waiting = session.task(id).filter(task -> task.state() == Inbound.State.WAITING);
            waiting.ifPresent(task -> {
                session.update(decision.apply(task));
                session.decided(by, word, id, clock.instant());
            });
            return waiting.isPresent() ? Decided.DONE : Decided.UNKNOWN;
        });
    }

    /** Whether all tasks are refused. */
    public boolean isPaused() {
        return store.transaction(session -> session.setting(OutpostExchange.PAUSED))
                .map(Boolean::parseBoolean)
                .orElse(false);
    }

    /** Refuses all tasks, or no more. */
    public void pause(boolean paused, String by) {
        store.write(session -> {
            session.setting(OutpostExchange.PAUSED, Boolean.toString(paused));
            session.decided(by, paused ? "PAUSE" : "RESUME", self.id().value(), clock.instant());
        });
    }

    /** Gives up on tasks that waited too long for a person and forgets what is long over. */
    public void tidy() {
        Instant over = clock.instant().minus(Limits.LATE_MAX);
        for (WaitingTask waiting : waiting()) {
            if (waiting.task().deadline().isBefore(over)) {
                store.transaction(session -> session.task(waiting.task().id()))
                        .ifPresent(task -> finish(task, waiting.task(), new TaskOutcome.Failed("EXPIRED")));
            }
        }
        store.write(session -> {
            session.forgetTasks(over.minus(Limits.MEMORY));
        });
    }
}
