package allmende.core.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.Criterion;
import allmende.core.cohort.CriterionExtension;
import allmende.core.disclosure.DisclosureRules.Kind;
import allmende.core.fhir.Coding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What attackers try, and what it brings them. All keys and seeds are fixed. */
final class AttackTest {

    private static final DisclosureRules FINE = Questions.rules(0.5, Kind.GEOMETRIC, 1);

    @Test
    void askingTheSameAgainAveragesNothingOut() {
        CohortCounts counts = Questions.counts(800, 523);
        Set<Disclosed> totals = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            totals.add(Questions.release(FINE, counts, Questions.all("A", "B")).total());
        }
        assertThat(totals).hasSize(1);
    }

    @Test
    void sayingTheSameInOtherWordsAveragesNothingOut() {
        Random random = new Random(1);
        CohortCounts counts = Questions.counts(800, 523);
        Set<Disclosed> totals = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            List<List<Criterion>> groups = new ArrayList<>(
                    List.of(List.of(written("A", "display " + i), written("C", "")), List.of(written("B", "/" + i))));
            if (random.nextBoolean()) {
                groups = new ArrayList<>(groups.reversed());
            }
            groups.replaceAll(group -> random.nextBoolean() ? group : List.copyOf(group.reversed()));
            if (random.nextBoolean()) {
                groups.add(groups.getFirst());
            }
            Question question = Questions.of(groups, List.of());
            totals.add(Questions.release(FINE, counts, question).total());
        }
        assertThat(totals).hasSize(1);
    }

    private static Criterion written(String code, String text) {
        return new Criterion(
                "Diagnose",
                List.of(new Coding("http://fhir.de/CodeSystem/bfarm/icd-10-gm", code)),
                text,
                null,
                List.of(),
                null,
                CriterionExtension.NONE,
                "/inclusionCriteria/" + text);
    }

    /**
     * The attacker knows all but one patient and asks a question that finds n patients, or n + 1 if the victim is ill. For
     * every event that he can see, the two worlds' probabilities differ by e^ε at most; here, of the total's part of ε.
     */
    @Test
    void oneDifferenceTellsNoMoreThanEpsilonAllows() {
        for (long n : new long[] {60, 300}) {
            Map<Disclosed, Integer> without = seen(n);
            Map<Disclosed, Integer> with = seen(n + 1);
            double bound = Math.exp(FINE.epsilon() * 0.5);
            Set<Disclosed> events = new HashSet<>(without.keySet());
            events.addAll(with.keySet());
            for (Disclosed event : events) {
                double one = without.getOrDefault(event, 0);
                double other = with.getOrDefault(event, 0);
                // four deviations for what is drawn
                double slack = 4 * Math.sqrt(Math.max(one, other) + 1) * bound;
                assertThat(one).as("%s", event).isLessThanOrEqualTo(bound * other + slack);
                assertThat(other).as("%s", event).isLessThanOrEqualTo(bound * one + slack);
            }
        }
    }

    /** The best guess whether the victim is in is right with e^ε/(1+e^ε) at most. */
    @Test
    void theBestGuessFromADifferenceIsNearlyACoinFlip() {
        Map<Disclosed, Integer> without = seen(300);
        Map<Disclosed, Integer> with = seen(301);
        Set<Disclosed> events = new HashSet<>(without.keySet());
        events.addAll(with.keySet());
        double right = events.stream()
                .mapToInt(event -> Math.max(without.getOrDefault(event, 0), with.getOrDefault(event, 0)))
                .sum();
        double epsilon = FINE.epsilon() * 0.5;
        double limit = Math.exp(epsilon) / (1 + Math.exp(epsilon));
        assertThat(right / (2.0 * DRAWS)).isLessThan(limit + 0.02).isGreaterThan(0.5);
    }

    private static final int DRAWS = 12_000;

    private static Map<Disclosed, Integer> seen(long count) {
        Map<Disclosed, Integer> seen = new HashMap<>();
        for (int i = 0; i < DRAWS; i++) {
            Disclosed total = Questions.release(FINE, Questions.counts(count), Questions.all("Q" + i + "." + count))
                    .total();
            seen.merge(total, 1, Integer::sum);
        }
        return seen;
    }

    /** Whether nine or ten patients: where the minimum lies, an answer tells nothing but with probability δ. */
    @Test
    void theMinimumIsNoOracle() {
        int differing = 0;
        for (int i = 0; i < 20_000; i++) {
            Question question = Questions.all("Q" + i);
            Disclosed nine =
                    Questions.release(FINE, Questions.counts(9), question).total();
            Disclosed ten =
                    Questions.release(FINE, Questions.counts(10), question).total();
            differing += ten instanceof Disclosed.Counted ? 1 : 0;
            assertThat(nine).isNotInstanceOf(Disclosed.Counted.class);
        }
        assertThat(differing).isLessThanOrEqualTo((int) (20_000 * FINE.delta() * 4));
    }

    @Test
    void budgetsEndAndRefillEvenly() {
        Budget budget = new Budget(2, 100, 10);
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        Budget.Spent spent = new Budget.Spent(0, start);
        int answered = 0;
        // an hour between questions, for a month
        for (int hour = 0; hour < 30 * 24; hour++) {
            Instant now = start.plus(Duration.ofHours(hour));
            if (budget.charge(budget.requesterMicro(), spent, 500_000, now)
                    instanceof Budget.Charge.Granted(Budget.Spent after, long left)) {
                spent = after;
                answered++;
                assertThat(left).isBetween(0L, budget.requesterMicro());
            }
        }
        // 2 at once, then 2 in ten days: at most 2 + 3 × 2, at 0.5 each
        assertThat(answered).isBetween(15, 16);
    }

    @Test
    void askingOftenDoesNotRefillFasterOrSlower() {
        Budget budget = new Budget(2, 100, 10);
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        Budget.Spent often = new Budget.Spent(2_000_000, start);
        for (int second = 1; second <= 86_400; second += 7) {
            often = budget.refilled(2_000_000, often, start.plusSeconds(second));
        }
        Budget.Spent once = budget.refilled(2_000_000, new Budget.Spent(2_000_000, start), start.plusSeconds(86_400));
        assertThat(often.micro()).isBetween(once.micro() - 20, once.micro() + 20);
        assertThat(budget.refilled(2_000_000, often, start.minusSeconds(5))).isEqualTo(often);
    }
}
