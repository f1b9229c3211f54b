package allmende.app.federation.exchange;

import allmende.app.federation.FederationTask;
import allmende.app.federation.PartyId;
import allmende.app.federation.TaskOutcome;
import allmende.app.federation.trust.Claims;
import allmende.app.federation.trust.Envelope;
import allmende.app.federation.trust.SigningKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A portal and its sites in one simulated world, from a seed to a list of broken promises. */
final class Simulation {

    private static final PartyId PORTAL = new PartyId("portal");

    private final World world;
    private final Plan plan;
    private final SimulatedPortal portal;
    private final List<SimulatedSite> sites = new ArrayList<>();

    /**
     * What to simulate.
     *
     * @param pause longest time between two questions
     * @param sitesAsked largest number of sites asked at once
     * @param revocations how many sites are revoked on the way
     */
    record Plan(long seed, int sites, int questions, Duration pause, int sitesAsked, int revocations) {}

    /** What came out. */
    record Result(Set<String> broken, int questions, int answers, int late, long handled, long packets) {}

    Simulation(Plan plan, Faults faults, FaultyStore.Mistake mistake) {
        this.plan = plan;
        this.world = new World(plan.seed(), faults);
        QuickKeys keys = new QuickKeys();
        SigningKey portalKey = keys.make("key-portal", world.random.nextLong());
        MemoryStore portalStore = new MemoryStore();
        portal = new SimulatedPortal(world, new Self(PORTAL, "Portal", portalKey, keys), faulty(portalStore, mistake));
        for (int i = 0; i < plan.sites(); i++) {
            PartyId id = World.site(i);
            SigningKey key = keys.make("key-" + id, world.random.nextLong());
            MemoryStore store = new MemoryStore();
            Party party = new Party(
                    id, "Site", key.publicKey().text(), key.publicKey().thumbprint(), null, false);
            portalStore.transaction(session -> {
                session.put(party);
                Roster.version(session, 1);
                return "";
            });
            Self self = new Self(id, "Site", key, keys);
            new OutpostExchange(self, store, world::time, portal::id)
                    .trustPortal(PORTAL, "Portal", portalKey.publicKey(), "engineer");
            sites.add(new SimulatedSite(world, portal, self, faulty(store, mistake)));
        }
    }

    private FaultyStore faulty(MemoryStore store, FaultyStore.Mistake mistake) {
        return new FaultyStore(store, world.random.split(), mistake);
    }

    Result run() {
        Faults faults = world.faults();
        portal.faults(faults);
        portal.start();
        for (SimulatedSite site : sites) {
            site.faults(faults);
            site.start();
        }
        Duration at = Duration.ofSeconds(1);
        for (int i = 0; i < plan.questions(); i++) {
            at = at.plus(world.upTo(plan.pause()));
            world.after(at, this::ask);
        }
        for (int i = 0; i < plan.revocations(); i++) {
            world.after(world.upTo(at), () -> portal.revoke(World.site(world.random.nextInt(plan.sites()))));
        }
        for (int i = 0; i < plan.questions() / 10; i++) {
            world.after(world.upTo(at), this::impersonate);
        }
        world.runUntil(at);
        calm();
        Duration end = at;
        // Long enough for every time-out and the packets that come again much later.
        for (int i = 0; i < 30 && !allSeen(); i++) {
            end = end.plusMinutes(2);
            world.runUntil(end);
        }
        return new Result(broken(), portal.asked.size(), portal.seen.size(), late(), handled(), world.packets());
    }

    private void calm() {
        world.faults(Faults.NONE);
        portal.faults(Faults.NONE);
        sites.forEach(site -> site.faults(Faults.NONE));
    }

    private void ask() {
        int number = 1 + world.random.nextInt(plan.sitesAsked());
        Set<PartyId> chosen = new HashSet<>();
        for (int i = 0; i < number; i++) {
            chosen.add(World.site(world.random.nextInt(plan.sites())));
        }
        portal.ask(new TreeSet<>(chosen), world.upTo(Duration.ofSeconds(60)));
    }

    /** A site tries to answer in another's name, with its own key. */
    private void impersonate() {
        SimulatedSite rogue = sites.get(world.random.nextInt(sites.size()));
        SimulatedSite victim = sites.get(world.random.nextInt(sites.size()));
        if (rogue == victim || portal.asked.isEmpty()) {
            return;
        }
        String task = portal.asked.keySet().stream()
                .skip(world.random.nextInt(portal.asked.size()))
                .findFirst()
                .orElseThrow();
        String body =
                "{\"resourceType\":\"Task\",\"status\":\"failed\",\"statusReason\":{\"coding\":[{\"code\":\"FORGED\"}]}}";
        Claims claims = new Claims(
                "forged" + task,
                victim.id,
                PORTAL,
                allmende.app.federation.trust.Act.ANSWER,
                allmende.app.federation.TaskKind.FEASIBILITY,
                task,
                1_000_000,
                0,
                world.time(),
                Claims.hash(body));
        portal.posted(Envelope.seal(rogue.key, claims, body), rogue);
    }

    private boolean allSeen() {
        return portal.wished.isEmpty()
                && portal.asked.entrySet().stream().allMatch(asked -> asked.getValue().sites().stream()
                        .allMatch(site -> portal.seen.containsKey(SimulatedPortal.key(asked.getKey(), site))));
    }

    private Set<String> broken() {
        Set<String> broken = new TreeSet<>(portal.faults);
        portal.asked.forEach((task, asked) -> {
            for (PartyId site : asked.sites()) {
                Answered answer = portal.seen.get(SimulatedPortal.key(task, site));
                if (answer == null) {
                    broken.add("lost: " + SimulatedPortal.key(task, site));
                } else {
                    check(answer, asked, broken);
                }
            }
        });
        portal.messages.forEach((key, ids) -> {
            if (ids.size() > 1) {
                broken.add("answered by " + ids.size() + " messages: " + key);
            }
        });
        portal.seen.keySet().stream()
                .filter(key -> !portal.asked.containsKey(key.substring(0, key.indexOf('/'))))
                .forEach(key -> broken.add("answered unasked: " + key));
        return broken;
    }

    private void check(Answered answer, SimulatedPortal.Asked asked, Set<String> broken) {
        String key = SimulatedPortal.key(answer.task(), answer.site());
        boolean fits =
                switch (FederationTask.readAnswer(answer.body()).orElseThrow()) {
                    case TaskOutcome.Completed(var output) ->
                        output.path("answer").asString("").equals(SimulatedSite.expected(answer.task(), answer.site()));
                    case TaskOutcome.Failed(String code) ->
                        Set.of("REVOKED", "NOT_ENROLLED").contains(code) && portal.revoked.contains(answer.site());
                    case TaskOutcome.Refused refused -> false;
                };
        if (!fits) {
            broken.add("not that site's answer: " + key);
        }
        if (answer.late() != answer.at().isAfter(asked.deadline())) {
            broken.add("late not marked, or marked without being late: " + key);
        }
    }

    private int late() {
        return (int) portal.seen.values().stream().filter(Answered::late).count();
    }

    private long handled() {
        return sites.stream().mapToLong(site -> site.handled).sum();
    }
}
