package allmende.app.federation.exchange;

import allmende.app.federation.PartyId;
import allmende.app.federation.TaskKind;
import allmende.app.federation.trust.Act;
import allmende.app.federation.trust.Call;
import allmende.app.federation.trust.Checked;
import allmende.app.federation.trust.Claims;
import allmende.app.federation.trust.Envelope;
import allmende.app.federation.trust.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The portal of the simulation, with what an observer saw of its answers. */
final class SimulatedPortal {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int REPEATED = 50;
    private static final Duration HOLD = Duration.ofSeconds(25);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What was asked: of whom, until when. */
    record Asked(Set<PartyId> sites, Instant deadline) {}

    /** Keys of questions of which the asker does not know whether they are asked. */
    final Set<String> wished = new HashSet<>();

    final Map<String, Asked> asked = new LinkedHashMap<>();
    final Map<String, Answered> seen = new HashMap<>();
    final Map<String, Set<String>> messages = new HashMap<>();
    final Set<String> faults = new TreeSet<>();
    final Set<PartyId> revoked = new HashSet<>();

    private final World world;
    private final Self self;
    private final FaultyStore store;
    private final Duration skew;
    private final Map<PartyId, Held> held = new HashMap<>();
    private HubExchange exchange;
    private Enrolments enrolments;
    private boolean up;
    private int life;

    /** What was put into queues in the present step. */
    private final Map<PartyId, Queued> inHand = new HashMap<>();

    private long ids;
    private int wishes;

    private record Held(Call call, SimulatedSite site) {}

    SimulatedPortal(World world, Self self, FaultyStore store) {
        this.world = world;
        this.self = self;
        this.store = store;
        this.skew = world.skew();
    }

    String id() {
        return "id" + ++ids;
    }

    private Instant clock() {
        return world.time().plus(skew);
    }

    void start() {
        try {
            exchange = new HubExchange(self, store, this::clock, this::id);
            inHand.clear();
            exchange.onQueued(inHand::putAll);
            enrolments = new Enrolments(self, exchange, store, this::clock);
            up = true;
            life++;
            deliver();
        } catch (FaultyStore.End end) {
            end();
        }
    }

    private void end() {
        up = false;
        held.clear();
        int dead = ++life;
        world.after(world.upTo(Duration.ofSeconds(10)), () -> {
            if (life == dead) {
                start();
            }
        });
    }

    private void step(Runnable action) {
        if (!up) {
            return;
        }
        try {
            action.run();
            if (world.happens(world.faults().restart())) {
                end();
            }
        } catch (FaultyStore.End end) {
            end();
        }
    }

    void faults(Faults faults) {
        store.faults(faults);
    }

    /** Asks under a key of its own; who ends while asking asks again with that key, without knowing whether it had. */
    void ask(Collection<PartyId> sites, Duration deadline) {
        if (up) {
            String key = "q" + ++wishes;
            wished.add(key);
            ask(key, Set.copyOf(sites), clock().plus(deadline));
        }
    }

    private void ask(String key, Set<PartyId> sites, Instant until) {
        if (!up) {
            world.after(SOON, () -> ask(key, sites, until));
            return;
        }
        step(() -> {
            JsonNode input = JSON.createObjectNode().put("q", key);
            try {
                String task = exchange.ask(key, TaskKind.FEASIBILITY, input, sites, until);
                asked.put(task, new Asked(sites, until));
                wished.remove(key);
                if (world.happens(REPEATED)
                        && !exchange.ask(key, TaskKind.FEASIBILITY, input, sites, until)
                                .equals(task)) {
                    faults.add(key + " is two tasks");
                }
            } catch (FaultyStore.End end) {
                world.after(SOON, () -> ask(key, sites, until));
                throw end;
            }
            wake();
            deliver();
        });
    }

    void revoke(PartyId site) {
        step(() -> {
            revoked.add(site);
            enrolments.revoke(site, "admin");
            held.remove(site);
            wake();
            deliver();
        });
    }

    void called(String jws, SimulatedSite site) {
        step(() -> {
            switch (exchange.call(jws)) {
                case Caller.Turned(Rejection reason, String run) -> world.send(() -> site.turned(reason, run));
                case Caller.Known(Call call, String certificate) -> {
                    exchange.settle(List.of(call));
                    List<Envelope> ready = exchange.ready(call);
                    if (!ready.isEmpty()) {
                        world.send(() -> site.answered(ready));
                        return;
                    }
                    Held now = new Held(call, site);
                    held.put(call.from(), now);
                    int current = life;
                    world.after(HOLD, () -> {
                        if (life == current && held.remove(call.from(), now)) {
                            world.send(() -> site.answered(List.of()));
                        }
                    });
                }
            }
        });
    }

    private void wake() {
        for (Held one : List.copyOf(held.values())) {
            List<Envelope> ready =
                    exchange.ready(one.call(), inHand.get(one.call().from()));
            if (!ready.isEmpty()) {
                held.remove(one.call().from());
                world.send(() -> one.site().answered(ready));
            }
        }
        inHand.clear();
    }

    void posted(Envelope envelope, SimulatedSite site) {
        step(() -> {
            Receipt receipt =
                    switch (exchange.check(envelope.jws())) {
                        case Checked.Bad<Claims>(Rejection reason) -> Receipt.refused(reason);
                        case Checked.Good<Claims>(Claims claims, var signer) -> {
                            Receipt taken = exchange.take(claims, envelope.body());
                            if (taken.refused() == null && claims.act() == Act.ANSWER) {
                                messages.computeIfAbsent(key(claims.task(), claims.from()), k -> new HashSet<>())
                                        .add(claims.id());
                            }
                            yield taken;
                        }
                    };
            world.send(() -> site.receipt(receipt));
            deliver();
        });
    }

    private void deliver() {
        for (Answered answer : exchange.untaken(1000)) {
            Answered before = seen.put(key(answer.task(), answer.site()), answer);
            if (before != null && !before.equals(answer)) {
                faults.add("answered twice: " + key(answer.task(), answer.site()));
            }
            exchange.listened(List.of(answer));
        }
    }

    static String key(String task, PartyId site) {
        return task + "/" + site;
    }
}
