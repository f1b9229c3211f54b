package allmende.core.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.extraction.LinkGraph.Fate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LinkGraphTest {

    private static final int FIELDS = 2;

    /** A link from a node, by one of its fields; the first field is one that must lead somewhere where the node says so. */
    private record Link(int from, int to, int field) {}

    private record World(List<Boolean> direct, List<Boolean> must, List<Link> links) {}

    @Provide
    Arbitrary<World> worlds() {
        return Arbitraries.integers().between(1, 9).flatMap(size -> {
            Arbitrary<Link> link = Combinators.combine(
                            Arbitraries.integers().between(0, size - 1),
                            Arbitraries.integers().between(0, size - 1),
                            Arbitraries.integers().between(0, FIELDS - 1))
                    .as(Link::new);
            return Combinators.combine(
                            Arbitraries.of(true, false).list().ofSize(size),
                            Arbitraries.of(true, false, false).list().ofSize(size),
                            link.list().ofMaxSize(18))
                    .as(World::new);
        });
    }

    @Property(tries = 2_000)
    void livesWhoLivesByTheRulesAppliedOneByOne(@ForAll("worlds") World world) {
        Fate[] fates = solve(world);
        Set<Integer> living = naively(world);
        for (int node = 0; node < fates.length; node++) {
            assertThat(fates[node] == Fate.LIVES).as("node %d", node).isEqualTo(living.contains(node));
        }
    }

    @Test
    void acircleThatNobodyElseRefersToDies() {
        World circle =
                new World(List.of(false, false), List.of(false, false), List.of(new Link(0, 1, 1), new Link(1, 0, 1)));
        assertThat(solve(circle)).containsExactly(Fate.PARENTS_LOST, Fate.PARENTS_LOST);
    }

    @Test
    void aChildThatAnotherParentHoldsOutlivesOneParent() {
        World shared = new World(
                List.of(true, true, false), List.of(true, false, false), List.of(new Link(0, 2, 1), new Link(1, 2, 1)));
        assertThat(solve(shared)).containsExactly(Fate.LINK_LOST, Fate.LIVES, Fate.LIVES);
    }

    @Test
    void whatNothingRefersToIsToldApartFromWhatLostItsParents() {
        World lonely = new World(List.of(true, false, false), List.of(true, false, false), List.of(new Link(0, 1, 1)));
        assertThat(solve(lonely)).containsExactly(Fate.LINK_LOST, Fate.PARENTS_LOST, Fate.NOT_REFERRED_TO);
    }

    private static Fate[] solve(World world) {
        LinkGraph graph = new LinkGraph();
        world.direct().forEach(graph::add);
        List<Integer> must = new ArrayList<>();
        for (int node = 0; node < world.direct().size(); node++) {
            must.add(world.must().get(node) ? graph.must(node) : -1);
        }
        world.links()
                .forEach(link -> graph.link(link.from(), link.to(), link.field() == 0 ? must.get(link.from()) : -1));
        return graph.solve();
    }

    /** Takes one after the other away until no rule takes any more. */
    private static Set<Integer> naively(World world) {
        Set<Integer> living = new HashSet<>();
        for (int node = 0; node < world.direct().size(); node++) {
            living.add(node);
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int node : List.copyOf(living)) {
                if (lostLink(world, node, living) || !grounded(world, node, living, new HashSet<>())) {
                    living.remove(node);
                    changed = true;
                }
            }
        }
        return living;
    }

    private static boolean lostLink(World world, int node, Set<Integer> living) {
        return world.must().get(node)
                && world.links().stream()
                        .noneMatch(link -> link.from() == node && link.field() == 0 && living.contains(link.to()));
    }

    private static boolean grounded(World world, int node, Set<Integer> living, Set<Integer> seen) {
        if (world.direct().get(node)) {
            return true;
        }
        seen.add(node);
        return world.links().stream()
                .anyMatch(link -> link.to() == node
                        && living.contains(link.from())
                        && !seen.contains(link.from())
                        && grounded(world, link.from(), living, new HashSet<>(seen)));
    }
}
