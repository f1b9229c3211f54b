package allmende.app.fhirapi;

import allmende.app.fhirapi.ChangePlanner.Plan;
import allmende.app.identity.Scope;
import allmende.app.site.Site;
import allmende.core.fhir.ResourceKey;
import allmende.engine.load.Arrival;
import allmende.engine.load.Intake;
import allmende.engine.store.Commit;
import allmende.engine.store.Expectation;
import allmende.engine.store.History;
import allmende.engine.store.ResourceWrite;
import allmende.engine.store.Store;
import allmende.engine.store.WriteResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Carries changes out, all or none, as one transaction of the store. Those that search or read before they write have the
 * door to themselves meanwhile, so that of two who create the same under a condition, one creates and the other finds.
 */
final class Changes {

    private final Site site;
    private final Criteria criteria;
    private final FhirLimits limits;
    private final Watch watch;
    private final ReadWriteLock turns = new ReentrantReadWriteLock(true);

    Changes(Site site, Criteria criteria, FhirLimits limits, Watch watch) {
        this.site = site;
        this.criteria = criteria;
        this.limits = limits;
        this.watch = watch;
    }

    /** Carries one change out. */
    Done apply(Change change) {
        return apply(List.of(change), index -> "").getFirst();
    }

    /** Names the place of a change in what was sent: {@code Bundle.entry[2]}. */
    interface Places {
        String of(int index);
    }

    /**
     * Carries changes out, in this order.
     *
     * @throws FhirProblem if one of them can't be done: then none is
     */
    List<Done> apply(List<Change> changes, Places places) {
        boolean alone = false;
        for (Change change : changes) {
            watch.require(change.act(), change.type());
            if (change.looksFirst()) {
                watch.require(Scope.Act.SEARCH, change.type());
                alone = true;
            }
        }
        Store store = site.data().store();
        Intake intake = new Intake(store, limits.resourceBytes(), criteria::find);
        ChangePlanner planner = new ChangePlanner(store.history(), intake, criteria, limits.patchOperations());
        Lock turn = alone ? turns.writeLock() : turns.readLock();
        turn.lock();
        try {
            List<Plan> plans = plans(changes, planner, places);
            return write(store, intake, plans, places);
        } finally {
            turn.unlock();
        }
    }

    private static List<Plan> plans(List<Change> changes, ChangePlanner planner, Places places) {
        List<Plan> plans = new ArrayList<>(changes.size());
        Set<ResourceKey> seen = new HashSet<>();
        Set<String> creations = new HashSet<>();
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            Plan plan;
            try {
                plan = planner.plan(change);
            } catch (FhirProblem problem) {
                throw at(problem, places.of(i));
            }
            Arrival arrival = plan.arrival();
            boolean twice = arrival != null && plan.there() == null && !seen.add(arrival.key());
            if (change instanceof Change.Create create && create.ifNoneExist() != null) {
                twice |= !creations.add(create.type() + "?" + create.ifNoneExist());
            }
            if (twice) {
                throw at(
                        FhirProblem.of(400, "duplicate", "An earlier entry of the bundle is about the same resource."),
                        places.of(i));
            }
            plans.add(plan);
        }
        return plans;
    }

    private static FhirProblem at(FhirProblem problem, String place) {
        if (place.isEmpty()) {
            return problem;
        }
        return new FhirProblem(
                problem.status(),
                problem.issues().stream()
                        .map(issue ->
                                new FhirIssue(issue.severity(), issue.code(), issue.diagnostics(), List.of(place)))
                        .toList());
    }

    private List<Done> write(Store store, Intake intake, List<Plan> plans, Places places) {
        List<Arrival> arrivals = new ArrayList<>(plans.size());
        List<Integer> origins = new ArrayList<>(plans.size());
        List<Expectation> expectations = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            Plan plan = plans.get(i);
            if (plan.arrival() != null) {
                arrivals.add(plan.arrival());
                origins.add(i);
            }
            if (plan.expected() != null) {
                expectations.add(plan.expected());
            }
        }
        List<ResourceWrite> writes =
                switch (intake.ready(arrivals)) {
                    case Intake.Outcome.Ready ready -> ready.writes();
                    case Intake.Outcome.Refused refused -> {
                        String place = places.of(origins.get(refused.arrival()));
                        throw Rejections.problem(refused.rejection(), place.isEmpty() ? "" : place + ".resource");
                    }
                };
        return switch (store.write(writes, expectations)) {
            case WriteResult.Written written -> done(store, plans, writes, written);
            case WriteResult.Unmet unmet -> throw unmet(plans, unmet, places);
        };
    }

    private static FhirProblem unmet(List<Plan> plans, WriteResult.Unmet unmet, Places places) {
        for (int i = 0; i < plans.size(); i++) {
            Expectation expected = plans.get(i).expected();
            if (expected != null && expected.key().equals(unmet.key())) {
                boolean asked =
                        switch (plans.get(i).change()) {
                            case Change.Update update -> asks(update.conditions());
                            case Change.Patch patch -> asks(patch.conditions());
                            case Change.Delete delete -> asks(delete.conditions());
                            case Change.Create _ -> false;
                        };
                String now = unmet.version() == 0
                        ? "The resource is not there."
                        : "The resource has version " + unmet.version() + " now.";
                return at(
                        asked
                                ? FhirProblem.unmet(now)
                                : FhirProblem.of(409, "conflict", now + " Read it and try again."),
                        places.of(i));
            }
        }
        return FhirProblem.of(409, "conflict", "A resource was changed meanwhile. Read it and try again.");
    }

    private static boolean asks(Change.Conditions conditions) {
        return conditions.ifMatch() != null || conditions.ifNoneMatch() != null;
    }

    private static List<Done> done(
            Store store, List<Plan> plans, List<ResourceWrite> writes, WriteResult.Written written) {
        List<Done> done = new ArrayList<>(plans.size());
        int next = 0;
        for (Plan plan : plans) {
            History.Entry there = plan.there();
            if (there != null) {
                done.add(new Done(
                        200, there.key(), there.version(), there.at(), there.body(), there.patientId(), there.t()));
            } else if (plan.arrival() == null) {
                done.add(new Done(204, null, 0, written.at(), null, null, 0));
            } else {
                done.add(done(store, writes.get(next), next, written));
                next++;
            }
        }
        return done;
    }

    private static Done done(Store store, ResourceWrite write, int index, WriteResult.Written written) {
        Commit.Outcome outcome = written.commit().outcomes().get(index);
        int version = written.versions().get(index);
        Instant at = outcome == Commit.Outcome.UNCHANGED ? timeOf(store, write.key(), version, written) : written.at();
        int status = write.body() == null ? 204 : outcome == Commit.Outcome.CREATED ? 201 : 200;
        return new Done(
                status,
                write.key(),
                version,
                at,
                write.body(),
                write.patientId(),
                written.commit().t());
    }

    private static Instant timeOf(Store store, ResourceKey key, int version, WriteResult.Written written) {
        History.@Nullable Entry entry =
                version == 0 ? null : store.history().version(key, version).orElse(null);
        return entry == null ? written.at() : entry.at();
    }
}
