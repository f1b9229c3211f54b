package allmende.engine.proof;

import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Makes a world that shows a fault as small as it can: leaves out what the fault does not need. */
final class Reduction {

    private Reduction() {}

    static World reduce(World world, Predicate<World> faulty) {
        World small = world;
        small = leaveOutQueries(small, faulty);
        small = leaveOutWrites(small, faulty);
        return leaveOutCriteria(small, faulty);
    }

    private static World leaveOutQueries(World world, Predicate<World> faulty) {
        return world.queries().stream()
                .map(query -> new World(world.transactions(), List.of(query), world.today()))
                .filter(faulty)
                .findFirst()
                .orElse(world);
    }

    private static World leaveOutWrites(World world, Predicate<World> faulty) {
        World small = world;
        for (int i = world.transactions().size() - 1; i >= 0; i--) {
            for (int j = world.transactions().get(i).size() - 1; j >= 0; j--) {
                List<List<World.Write>> fewer = new ArrayList<>(small.transactions());
                List<World.Write> writes = new ArrayList<>(fewer.get(i));
                writes.remove(j);
                fewer.set(i, writes);
                World candidate = new World(fewer, small.queries(), small.today());
                small = faulty.test(candidate) ? candidate : small;
            }
        }
        return small;
    }

    private static World leaveOutCriteria(World world, Predicate<World> faulty) {
        World small = world;
        boolean smaller = true;
        while (smaller) {
            World before = small;
            small = smallerQueries(before.queries().getFirst()).stream()
                    .map(query -> new World(before.transactions(), List.of(query), before.today()))
                    .filter(faulty)
                    .findFirst()
                    .orElse(before);
            smaller = !Objects.equals(small, before);
        }
        return small;
    }

    private static List<CohortQuery> smallerQueries(CohortQuery query) {
        List<CohortQuery> smaller = new ArrayList<>();
        smallerGroups(query.inclusion()).forEach(groups -> smaller.add(new CohortQuery(groups, query.exclusion())));
        smallerGroups(query.exclusion()).forEach(groups -> smaller.add(new CohortQuery(query.inclusion(), groups)));
        return smaller.stream().filter(one -> !one.inclusion().isEmpty()).toList();
    }

    private static List<List<List<Criterion>>> smallerGroups(List<List<Criterion>> groups) {
        List<List<List<Criterion>>> smaller = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            smaller.add(without(groups, i));
            for (int j = 0; j < groups.get(i).size() && groups.get(i).size() > 1; j++) {
                List<List<Criterion>> copy = new ArrayList<>(groups);
                copy.set(i, without(groups.get(i), j));
                smaller.add(copy);
            }
        }
        return smaller;
    }

    private static <T> List<T> without(List<T> list, int index) {
        List<T> copy = new ArrayList<>(list);
        copy.remove(index);
        return copy;
    }
}
