package allmende.core.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class HierarchyTest {

    private static Hierarchy whole(List<Hierarchy.Concept> concepts) {
        return ((Hierarchy.Built.Whole) Hierarchy.of(concepts)).hierarchy();
    }

    private static Hierarchy.Concept concept(String code, String... parents) {
        return new Hierarchy.Concept(code, "", List.of(parents));
    }

    private static Set<String> subtree(Hierarchy hierarchy, String code) {
        Set<String> codes = new TreeSet<>();
        for (Hierarchy.Interval interval :
                hierarchy.subtree(hierarchy.position(code).orElseThrow())) {
            for (int position = interval.low(); position <= interval.high(); position++) {
                assertThat(codes.add(hierarchy.code(position))).isTrue();
            }
        }
        return codes;
    }

    /** The definition: a code, and whatever has something of it as a parent. */
    private static Set<String> naiveSubtree(List<Hierarchy.Concept> concepts, String code) {
        Set<String> codes = new HashSet<>(Set.of(code));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Hierarchy.Concept concept : concepts) {
                if (concept.parents().stream().anyMatch(codes::contains)) {
                    grown |= codes.add(concept.code());
                }
            }
        }
        return new TreeSet<>(codes);
    }

    @Property
    void intervalsAreTheNaiveSubtree(@ForAll("graphs") List<Hierarchy.Concept> concepts) {
        Hierarchy hierarchy = whole(concepts);
        assertThat(hierarchy.size()).isEqualTo(concepts.size());
        for (Hierarchy.Concept concept : concepts) {
            assertThat(subtree(hierarchy, concept.code())).isEqualTo(naiveSubtree(concepts, concept.code()));
            List<Hierarchy.Interval> intervals =
                    hierarchy.subtree(hierarchy.position(concept.code()).orElseThrow());
            for (int i = 1; i < intervals.size(); i++) {
                assertThat(intervals.get(i).low())
                        .isGreaterThan(intervals.get(i - 1).high() + 1);
            }
        }
    }

    @Property
    void aTreeHasOneIntervalPerCode(@ForAll("trees") List<Hierarchy.Concept> concepts) {
        Hierarchy hierarchy = whole(concepts);
        for (Hierarchy.Concept concept : concepts) {
            assertThat(hierarchy.subtree(hierarchy.position(concept.code()).orElseThrow()))
                    .hasSize(1);
            assertThat(subtree(hierarchy, concept.code())).isEqualTo(naiveSubtree(concepts, concept.code()));
        }
    }

    @Property(tries = 200)
    void theCompactFormAnswersTheSame(@ForAll("graphs") List<Hierarchy.Concept> concepts) throws IOException {
        Terminology.CodeSystem system = new Terminology.CodeSystem("http://x", "1", whole(concepts));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodeSystemBytes.write(system, new DataOutputStream(bytes));
        Hierarchy read = CodeSystemBytes.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())))
                .hierarchy();
        for (Hierarchy.Concept concept : concepts) {
            assertThat(subtree(read, concept.code())).isEqualTo(subtree(system.hierarchy(), concept.code()));
            assertThat(read.display(concept.code()))
                    .isEqualTo(system.hierarchy().display(concept.code()));
        }
    }

    @Provide
    Arbitrary<List<Hierarchy.Concept>> graphs() {
        return graphs(3);
    }

    @Provide
    Arbitrary<List<Hierarchy.Concept>> trees() {
        return graphs(1);
    }

    /** Parents come from earlier concepts only, so there is no cycle; the list is shuffled afterwards. */
    private static Arbitrary<List<Hierarchy.Concept>> graphs(int maxParents) {
        return Combinators.combine(Arbitraries.integers().between(1, 25), Arbitraries.randomValue(Random::nextLong))
                .as((size, seed) -> {
                    Random random = new Random(seed);
                    List<Hierarchy.Concept> concepts = new ArrayList<>();
                    for (int i = 0; i < size; i++) {
                        Set<String> parents = new HashSet<>();
                        int wanted = random.nextInt(maxParents + 1);
                        for (int p = 0; p < wanted && i > 0; p++) {
                            parents.add("c" + random.nextInt(i));
                        }
                        String display = random.nextBoolean() ? "Ä " + i : "";
                        concepts.add(new Hierarchy.Concept("c" + i, display, List.copyOf(parents)));
                    }
                    java.util.Collections.shuffle(concepts, random);
                    return concepts;
                });
    }

    @Test
    void aDiamondNeedsTwoIntervals() {
        // b and c below a; d below both; e below c: a b d c e
        List<Hierarchy.Concept> diamond =
                List.of(concept("a"), concept("b", "a"), concept("c", "a"), concept("d", "b", "c"), concept("e", "c"));
        Hierarchy hierarchy = whole(diamond);
        assertThat(hierarchy.subtree(hierarchy.position("a").orElseThrow()))
                .containsExactly(new Hierarchy.Interval(0, 4));
        assertThat(hierarchy.subtree(hierarchy.position("b").orElseThrow()))
                .containsExactly(new Hierarchy.Interval(1, 2));
        assertThat(hierarchy.subtree(hierarchy.position("c").orElseThrow()))
                .containsExactly(new Hierarchy.Interval(2, 4));
        assertThat(whole(List.of(
                                concept("a"),
                                concept("b", "a"),
                                concept("x", "a"),
                                concept("c", "a"),
                                concept("d", "b", "c")))
                        .subtree(4))
                .containsExactly(new Hierarchy.Interval(2, 2), new Hierarchy.Interval(4, 4));
    }

    @Test
    void theFingerprintFollowsTheNumbering() {
        long fingerprint =
                whole(List.of(concept("a"), concept("b", "a"), concept("c"))).fingerprint();
        assertThat(whole(List.of(concept("a"), concept("b", "a"), concept("c"))).fingerprint())
                .isEqualTo(fingerprint);
        assertThat(whole(List.of(concept("a"), concept("b"), concept("c"))).fingerprint())
                .isNotEqualTo(fingerprint);
        assertThat(whole(List.of(concept("a"), concept("c"), concept("b", "a"))).fingerprint())
                .as("children come right after their parent, whatever the order of the list")
                .isEqualTo(fingerprint);
        assertThat(whole(List.of(concept("a"), concept("d", "a"), concept("c"))).fingerprint())
                .isNotEqualTo(fingerprint);
        Hierarchy hierarchy = whole(List.of(concept("a")));
        assertThat(Terminology.of(List.of(new Terminology.CodeSystem("http://x", "1", hierarchy)))
                        .fingerprint())
                .isNotEqualTo(Terminology.of(List.of()).fingerprint());
    }

    @Test
    void acceptsWhatSourcesContain() {
        Hierarchy hierarchy = whole(List.of(
                concept("a", "not listed"),
                new Hierarchy.Concept("b", "", List.of("a")),
                new Hierarchy.Concept("b", "second", List.of("a", "c")),
                concept("c")));
        assertThat(hierarchy.size()).isEqualTo(3);
        assertThat(hierarchy.display("b")).contains("second");
        assertThat(hierarchy.display("a")).isEmpty();
        assertThat(subtree(hierarchy, "c")).containsExactly("b", "c");
        assertThat(hierarchy.position("not listed")).isEmpty();
        assertThat(whole(List.of()).size()).isZero();
    }

    @Test
    void aCycleIsAnErrorThatNamesACodeOnIt() {
        assertThat(Hierarchy.of(List.of(concept("root"), concept("a", "b"), concept("b", "a"), concept("z", "a"))))
                .isInstanceOfSatisfying(Hierarchy.Built.Cycle.class, cycle -> assertThat(cycle.code())
                        .isIn("a", "b"));
        assertThat(Hierarchy.of(List.of(concept("a", "a")))).isEqualTo(new Hierarchy.Built.Cycle("a"));
    }

    @Test
    void aLongChainDoesNotExhaustTheStack() {
        List<Hierarchy.Concept> chain = new ArrayList<>(List.of(concept("0")));
        for (int i = 1; i < 100_000; i++) {
            chain.add(concept("" + i, "" + (i - 1)));
        }
        Hierarchy hierarchy = whole(chain);
        assertThat(hierarchy.subtree(hierarchy.position("50000").orElseThrow()))
                .containsExactly(new Hierarchy.Interval(50_000, 99_999));
    }

    @Property
    void anAtcIntervalIsThePrefixTest(@ForAll("atc") String above, @ForAll("atc") String code) {
        AtcHierarchy atc = new AtcHierarchy();
        int position = atc.position(code).orElseThrow();
        boolean inside = atc.subtree(atc.position(above).orElseThrow()).stream()
                .anyMatch(interval -> interval.low() <= position && position <= interval.high());
        assertThat(inside).isEqualTo(code.startsWith(above));
        assertThat(atc.code(position)).isEqualTo(code);
        assertThat(position).isLessThan(ConceptDictionary.FIRST_MET_POSITION);
    }

    @Property
    void anAtcSubtreeBelowItsOwnPrefixIsInside(@ForAll("atc") String code) {
        AtcHierarchy atc = new AtcHierarchy();
        int position = atc.position(code).orElseThrow();
        for (int length : new int[] {1, 3, 4, 5, 7}) {
            if (length <= code.length()) {
                int above = atc.position(code.substring(0, length)).orElseThrow();
                assertThat(atc.subtree(above)).anyMatch(range -> range.low() <= position && position <= range.high());
                assertThat(above).isLessThanOrEqualTo(position);
            }
        }
    }

    @Provide
    Arbitrary<String> atc() {
        Arbitrary<String> letter = Arbitraries.chars().range('A', 'Z').map(String::valueOf);
        Arbitrary<String> near = Arbitraries.of("A", "B", "Z");
        Arbitrary<String> letters = Arbitraries.oneOf(letter, near);
        Arbitrary<String> figures = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 99).map("%02d"::formatted), Arbitraries.of("00", "01", "99"));
        return Combinators.combine(letters, figures, letters, letters, figures, Arbitraries.of(1, 3, 4, 5, 7))
                .as((a, b, c, d, e, length) -> (a + b + c + d + e).substring(0, length));
    }

    @Test
    void whatIsNotAnAtcCodeHasNoPosition() {
        AtcHierarchy atc = new AtcHierarchy();
        assertThat(List.of("", "1", "a", "A1", "A1B", "A10B0", "A10BA2", "A10BA0X", "A10BA021", "Ä", "A１０").stream()
                        .filter(code -> atc.position(code).isPresent())
                        .collect(Collectors.toList()))
                .isEmpty();
    }
}
