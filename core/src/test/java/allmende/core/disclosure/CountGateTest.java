package allmende.core.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.disclosure.DisclosureRules.Kind;
import allmende.core.disclosure.DisclosureRules.Shares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class CountGateTest {

    private static final DisclosureRules RULES = DisclosureRules.DEFAULT;

    @Property(tries = 300)
    void trueCountsUnderTheMinimumAreNeverGivenAsANumber(
            @ForAll @LongRange(max = 9) long count, @ForAll @IntRange(max = 100_000) int question) {
        // with so large an ε that noise alone would often let them pass
        DisclosureRules rules =
                new DisclosureRules(10, 0.01, Kind.GEOMETRIC, 1, 0.01, new Shares(40, 20, 20, 20), RULES.budget(), 1);
        CountReport report =
                Questions.release(rules, Questions.counts(count, count), Questions.all("A" + question, "B"));
        assertThat(report.total()).isNotInstanceOf(Disclosed.Counted.class);
        assertThat(report.inclusion())
                .allSatisfy(step -> assertThat(step.remaining()).isNotInstanceOf(Disclosed.Counted.class));
        assertThat(report.distribution()).isEmpty();
    }

    @Property(tries = 300)
    void numbersWhoRemainOnlyFallDownToTheTotal(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 500) Integer> sizes,
            @ForAll @IntRange(max = 100_000) int question,
            @ForAll Kind kind) {
        long[] remaining = sizes.stream().mapToLong(Integer::longValue).sorted().toArray();
        for (int i = 0; i < remaining.length / 2; i++) {
            long swapped = remaining[i];
            remaining[i] = remaining[remaining.length - 1 - i];
            remaining[remaining.length - 1 - i] = swapped;
        }
        String[] codes = new String[remaining.length];
        Arrays.setAll(codes, i -> "Q" + question + "." + i);
        CountReport report =
                Questions.release(Questions.rules(0.5, kind, 10), Questions.counts(remaining), Questions.all(codes));
        assertThat(report.inclusion().getLast().remaining()).isEqualTo(report.total());
        long before = Long.MAX_VALUE;
        boolean anyNumber = false;
        for (CountReport.Step step : report.inclusion().reversed()) {
            if (step.remaining() instanceof Disclosed.Counted) {
                anyNumber = true;
            } else {
                assertThat(anyNumber)
                        .as("no number after a number, from the end")
                        .isFalse();
            }
        }
        for (CountReport.Step step : report.inclusion()) {
            if (step.remaining() instanceof Disclosed.Counted(long value, long plusMinus)) {
                assertThat(value).isLessThanOrEqualTo(before).isNotNegative();
                assertThat(value % 10).isZero();
                before = value;
            }
        }
    }

    @Test
    void zeroFewAndNumbersAreToldApart() {
        Map<Class<?>, Integer> none = kinds(0);
        Map<Class<?>, Integer> some = kinds(20);
        Map<Class<?>, Integer> many = kinds(200);
        assertThat(none.get(Disclosed.Zero.class)).isGreaterThan(450);
        assertThat(none).doesNotContainKey(Disclosed.Counted.class);
        assertThat(some.get(Disclosed.Few.class)).isGreaterThan(950);
        assertThat(many).containsOnlyKeys(Disclosed.Counted.class);
    }

    private static Map<Class<?>, Integer> kinds(long count) {
        Map<Class<?>, Integer> kinds = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            CountReport report = Questions.release(RULES, Questions.counts(count), Questions.all("A" + i));
            kinds.merge(report.total().getClass(), 1, Integer::sum);
        }
        return kinds;
    }

    @Test
    void numbersLieWithinTheirDeclaredWidthNineteenTimesOutOfTwenty() {
        for (Kind kind : Kind.values()) {
            DisclosureRules rules = Questions.rules(0.5, kind, 10);
            int inside = 0;
            int steps = 0;
            for (int i = 0; i < 2000; i++) {
                CountReport report =
                        Questions.release(rules, Questions.counts(1500, 1100, 903), Questions.all("A" + i, "B", "C"));
                inside += covers(report.total(), 903) ? 1 : 0;
                steps += covers(report.inclusion().getFirst().remaining(), 1500) ? 1 : 0;
            }
            assertThat(inside).isGreaterThan(1900);
            assertThat(steps).isGreaterThan(1900);
        }
    }

    private static boolean covers(Disclosed number, long truth) {
        return number instanceof Disclosed.Counted(long value, long plusMinus) && Math.abs(value - truth) <= plusMinus;
    }

    @Test
    void criteriaByThemselvesAreWithheldUnlessTheRulesSpendOnThem() {
        CohortCounts counts = Questions.counts(5000, 4000);
        Question question = Questions.all("A", "B");
        assertThat(Questions.release(RULES, counts, question)
                        .inclusion()
                        .getFirst()
                        .criteria())
                .containsExactly(new CountReport.Leaf("/0", new Disclosed.Withheld(Disclosed.Reason.NOT_RELEASED)));
        DisclosureRules spending =
                new DisclosureRules(10, 0.5, Kind.GEOMETRIC, 10, 1e-4, new Shares(40, 20, 20, 20), RULES.budget(), 1);
        assertThat(Questions.release(spending, counts, question)
                        .inclusion()
                        .getFirst()
                        .criteria()
                        .getFirst()
                        .patients())
                .isInstanceOf(Disclosed.Counted.class);
    }

    @Test
    void cellsAreAsFineAsTheTotalAllowsAndNeverAboveIt() {
        List<Integer> sizes = new ArrayList<>();
        for (long total : new long[] {100, 400, 900, 2000, 20_000}) {
            int[] cells = new int[Strata.SIZE];
            Arrays.fill(cells, 0, 16, (int) total / 16);
            CountReport report =
                    Questions.release(RULES, Questions.counts(Strata.of(cells), total), Questions.all("A"));
            sizes.add(report.distribution().size());
            assertThat(report.distribution()).allSatisfy(cell -> {
                if (cell.patients() instanceof Disclosed.Counted(long value, long plusMinus)) {
                    assertThat(value).isLessThanOrEqualTo(total + 100);
                }
            });
        }
        assertThat(sizes).containsExactly(0, 3, 12, 24, 24);
    }

    @Test
    void anotherOrderOfGroupsHasTheSameTotalButOtherNoiseInItsSteps() {
        Question one = Questions.all("A", "B", "C");
        Question other = Questions.all("B", "A", "C");
        assertThat(one.id()).isEqualTo(other.id());
        assertThat(one.arrangement()).isNotEqualTo(other.arrangement());
        DisclosureRules fine = Questions.rules(0.5, Kind.GEOMETRIC, 1);
        CohortCounts counts = Questions.counts(5000, 4000, 3000);
        CountReport first = Questions.release(fine, counts, one);
        CountReport second = Questions.release(fine, counts, other);
        assertThat(first.total()).isEqualTo(second.total());
        assertThat(first.inclusion().getFirst().remaining())
                .isNotEqualTo(second.inclusion().getFirst().remaining());
    }

    @Test
    void nothingUnreleasedHasATextForm() {
        assertThat(Unreleased.of(Questions.counts(4711)).toString()).doesNotContain("4711");
        assertThat(Questions.counts(4711).toString()).doesNotContain("4711");
        assertThat(Questions.KEY.toString()).doesNotContain("thirty");
    }
}
