package allmende.app.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LockoutTest {

    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    private static Duration waitAfter(int failures) {
        Instant until = Lockout.ACCOUNT.until(new Lockout.Count(failures, NOW));
        return until.equals(Instant.MIN) ? Duration.ZERO : Duration.between(NOW, until);
    }

    @Test
    void theFirstWrongPasswordsCostNothingThenEachDoublesTheWaitUpToAnHour() {
        assertThat(waitAfter(4)).isZero();
        assertThat(waitAfter(5)).isEqualTo(Duration.ofSeconds(30));
        assertThat(waitAfter(6)).isEqualTo(Duration.ofSeconds(60));
        assertThat(waitAfter(7)).isEqualTo(Duration.ofSeconds(120));
        assertThat(waitAfter(1000)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void itEndsByItselfAndIsForgotten() {
        Lockout.Count count = new Lockout.Count(5, NOW);

        assertThat(Lockout.ACCOUNT.closed(count, NOW.plusSeconds(29))).isTrue();
        assertThat(Lockout.ACCOUNT.closed(count, NOW.plusSeconds(31))).isFalse();
        assertThat(count.another(NOW.plus(Duration.ofHours(25))).failures()).isEqualTo(1);
    }

    @Test
    void sessionsEndByIdlenessByAgeAndByTheirOwner() {
        Instant[] now = {NOW};
        Sessions sessions = new Sessions(() -> now[0]);
        sessions.begin("one", "ada", "::1", null);
        sessions.begin("two", "ada", "::1", null);
        assertThat(sessions.use("one")).isTrue();

        sessions.end("ada", Sessions.handle("two"));
        assertThat(sessions.use("two")).isFalse();
        for (int hour = 0; hour < 12; hour++) {
            now[0] = now[0].plus(Duration.ofMinutes(59));
            assertThat(sessions.use("one")).isTrue();
        }
        now[0] = now[0].plus(Duration.ofMinutes(59));
        assertThat(sessions.use("one")).isFalse();
        sessions.begin("three", "ada", "::1", null);
        now[0] = now[0].plus(Duration.ofMinutes(61));
        assertThat(sessions.use("three")).isFalse();
    }

    @Test
    void aRateLimitPaysBackEvenly() {
        Instant[] now = {NOW};
        RateLimit limit = new RateLimit(3, Duration.ofMinutes(1), () -> now[0]);
        for (int i = 0; i < 3; i++) {
            assertThat(limit.secondsToWait("a")).isZero();
        }

        assertThat(limit.secondsToWait("a")).isBetween(1L, 21L);
        assertThat(limit.secondsToWait("b")).isZero();
        now[0] = now[0].plusSeconds(20);
        assertThat(limit.secondsToWait("a")).isZero();
    }
}
