package allmende.app.federation.exchange;

import allmende.app.federation.IncomingTask;
import allmende.app.federation.PartyId;
import allmende.app.federation.TaskOutcome;
import allmende.app.federation.trust.Envelope;
import allmende.app.federation.trust.Rejection;
import allmende.app.federation.trust.SigningKey;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** A site of the simulation: the real protocol, moved by simulated time and packets. */
final class SimulatedSite {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(45);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final PartyId id;
    final SigningKey key;
    private final World world;
    private final Self self;
    private final FaultyStore store;
    private final Duration skew;
    private final SimulatedPortal portal;
    private OutpostExchange exchange;
    private TaskDesk desk;
    private boolean up;
    private int life;
    private String run = "";
    private long calls;
    private long sending;
    long handled;

    SimulatedSite(World world, SimulatedPortal portal, Self self, FaultyStore store) {
        this.world = world;
        this.portal = portal;
        this.id = self.id();
        this.key = self.key();
        this.self = self;
        this.store = store;
        this.skew = world.skew();
    }

    void start() {
        try {
            exchange = new OutpostExchange(self, store, () -> world.time().plus(skew), portal::id);
            desk = new TaskDesk(self, exchange, store, () -> world.time().plus(skew), portal::id);
        } catch (FaultyStore.End end) {
            int dead = ++life;
            world.after(RETRY, () -> {
                if (life == dead) {
                    start();
                }
            });
            return;
        }
        up = true;
        run = "";
        sending = 0;
        int current = ++life;
        step(current, this::call);
        step(current, this::work);
    }

    void faults(Faults faults) {
        store.faults(faults);
    }

    /** Does something, unless the site has ended since; the site may end while it does it. */
    private void step(int expected, Runnable action) {
        if (!up || life != expected) {
            return;
        }
        try {
            action.run();
            if (world.happens(world.faults().restart())) {
                throw new FaultyStore.End();
            }
        } catch (FaultyStore.End end) {
            up = false;
            int dead = ++life;
            world.after(world.upTo(Duration.ofSeconds(20)), () -> {
                if (life == dead) {
                    start();
                }
            });
        }
    }

    private void later(Duration delay, Runnable action) {
        int current = life;
        world.after(delay, () -> step(current, action));
    }

    /** Something arrives from the network, whichever life of the site it was meant for. */
    private void arrives(Runnable action) {
        step(life, action);
    }

    private void call() {
        long number = ++calls;
        String jws = exchange.call(run);
        world.send(() -> portal.called(world.carried(jws), this));
        later(CALL_TIMEOUT, () -> {
            if (calls == number) {
                call();
            }
        });
    }

    void answered(List<Envelope> envelopes) {
        arrives(() -> {
            OutpostExchange.Delivered delivered = exchange.receive(envelopes.stream()
                    .map(envelope -> new Envelope(world.carried(envelope.jws()), world.carried(envelope.body())))
                    .toList());
            later(delivered.refused() == null ? Duration.ZERO : RETRY, this::call);
            if (delivered.anything()) {
                work();
            }
        });
    }

    void turned(Rejection reason, String current) {
        arrives(() -> {
            if (reason == Rejection.OTHER_RUN) {
                run = current;
            }
            if (reason != Rejection.REVOKED_KEY) {
                later(reason == Rejection.OTHER_RUN ? Duration.ZERO : RETRY, this::call);
            }
        });
    }

    private void work() {
        while (desk.work((task, role) -> new Gatekeeper.Verdict.Automatic(), kind -> this::handle)) {
            // until there is nothing more to do
        }
        if (sending == 0) {
            post();
        }
    }

    private TaskOutcome handle(IncomingTask task) {
        handled++;
        return new TaskOutcome.Completed(JSON.createObjectNode().put("answer", expected(task.id(), id)));
    }

    /** What only this site answers to this task. */
    static String expected(String task, PartyId site) {
        return site + " on " + task;
    }

    private void post() {
        Envelope envelope = exchange.next();
        if (envelope == null) {
            sending = 0;
            return;
        }
        long number = ++sending;
        world.send(
                () -> portal.posted(new Envelope(world.carried(envelope.jws()), world.carried(envelope.body())), this));
        later(SEND_TIMEOUT, () -> {
            if (sending == number) {
                post();
            }
        });
    }

    void receipt(Receipt receipt) {
        arrives(() -> {
            exchange.receipt(receipt);
            if (receipt.taken() >= 0) {
                post();
            }
        });
    }

    long unsent() {
        return exchange.unsent();
    }
}
