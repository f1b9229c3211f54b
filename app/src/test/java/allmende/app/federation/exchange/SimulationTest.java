package allmende.app.federation.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One portal and sixty sites in simulated time. A failing seed is in the test's name; running it again gives the same world.
 * {@code -Dallmende.simulation.seeds=1000} tries more.
 */
final class SimulationTest {

    private static final int SITES = 60;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("allmende.simulation.seeds", 5));
    }

    private static Simulation.Plan plan(long seed, int questions) {
        return new Simulation.Plan(seed, SITES, questions, Duration.ofSeconds(2), SITES, 3);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingIsLostNothingTwiceNothingUnderAForeignName(long seed) {
        Simulation.Result result = new Simulation(plan(seed, 60), Faults.MANY, FaultyStore.Mistake.NONE).run();
        assertThat(result.broken()).as("seed " + seed).isEmpty();
        assertThat(result.answers()).isGreaterThan(500);
        assertThat(result.late()).as("late answers arrive and are marked").isPositive();
    }

    @Test
    void theSameSeedIsTheSameWorld() {
        Simulation.Result once = new Simulation(plan(7, 50), Faults.MANY, FaultyStore.Mistake.NONE).run();
        Simulation.Result again = new Simulation(plan(7, 50), Faults.MANY, FaultyStore.Mistake.NONE).run();
        assertThat(again).isEqualTo(once);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void theSimulationNoticesMistakes(FaultyStore.Mistake mistake) {
        Simulation.Result result = new Simulation(plan(1, 100), Faults.MANY, mistake).run();
        assertThat(result.broken()).isNotEmpty();
    }

    @Test
    void thousandsOfQuestionsASecond() {
        Simulation.Plan plan = new Simulation.Plan(1, SITES, 6_000, Duration.ofMillis(100), 5, 3);
        long start = System.nanoTime();
        Simulation.Result result = new Simulation(plan, Faults.FEW, FaultyStore.Mistake.NONE).run();
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(result.broken()).isEmpty();
        System.out.printf(
                "%d questions, %d answers, %d packets in %.1f s: %.0f questions/s%n",
                result.questions(), result.answers(), result.packets(), seconds, result.questions() / seconds);
    }
}
