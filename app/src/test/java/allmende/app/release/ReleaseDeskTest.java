package allmende.app.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import allmende.app.site.SiteUnavailable;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.CriterionExtension;
import allmende.core.cohort.Funnel;
import allmende.core.disclosure.CountReport;
import allmende.core.disclosure.LedgerEntry;
import allmende.core.disclosure.Refusal;
import allmende.core.disclosure.SiteAnswer;
import allmende.core.fhir.Coding;
import allmende.engine.count.AgeSexCell;
import allmende.engine.count.CohortReport;
import allmende.engine.count.CountAnswer;
import allmende.engine.store.SideTables;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

final class ReleaseDeskTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 1, 31);
    private static final Requester ANNA = new Requester("portal", "anna");
    private static final Requester BEN = new Requester("portal", "ben");

    @TempDir
    static Path shared;

    @TempDir
    Path data;

    private static SideTables tables;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-31T12:00:00Z"));
    private final InstantSource clock = now::get;

    @BeforeAll
    static void start() {
        tables = Stores.openBeside(new StoreLocation.Embedded(shared, "desk"), "release", "allmende/release/migration");
    }

    @AfterAll
    static void stop() {
        tables.close();
    }

    @BeforeEach
    void empty() {
        JdbcClient.create(tables.dataSource())
                .sql("truncate account, answer, ledger, publication")
                .update();
    }

    private ReleaseDesk desk() {
        return ReleaseDesk.open(data, tables, clock);
    }

    private ReleaseDesk desk(double requester, double portal) throws IOException {
        Files.writeString(
                data.resolve("disclosure.json"),
                "{\"budget\":{\"requester\":" + requester + ",\"portal\":" + portal + ",\"refillDays\":10}}");
        return desk();
    }

    private static CohortQuery query(String... codes) {
        return new CohortQuery(
                List.of(codes).stream()
                        .map(code -> List.of(new Criterion(
                                "Diagnose",
                                List.of(new Coding("icd", code)),
                                code,
                                null,
                                List.of(),
                                null,
                                CriterionExtension.NONE,
                                "/" + code)))
                        .toList(),
                List.of());
    }

    private static CohortReport report(long t, long... remaining) {
        List<Funnel.Step> steps = java.util.Arrays.stream(remaining)
                .mapToObj(count -> new Funnel.Step(List.of(new Funnel.Leaf("", "/0", count)), count, count))
                .toList();
        long count = remaining[remaining.length - 1];
        return new CohortReport(
                new CountAnswer(count, t, new Funnel(steps, List.of(), count), List.of()),
                List.of(new AgeSexCell(30, 39, "female", count / 2), new AgeSexCell(-1, null, "unknown", count / 2)));
    }

    private static CountReport counted(SiteAnswer answer) {
        assertThat(answer).isInstanceOf(SiteAnswer.Counted.class);
        return ((SiteAnswer.Counted) answer).report();
    }

    @Test
    void aRepeatOverTheSameSnapshotIsTheSameAndFree() {
        ReleaseDesk desk = desk();
        CountReport first = counted(desk.release(report(5, 900, 700), query("A", "B"), TODAY, ANNA));
        CountReport again = counted(desk.release(report(5, 900, 700), query("A", "B"), TODAY, ANNA));
        assertThat(first.privacy().charged()).isTrue();
        assertThat(first.privacy().remaining()).isEqualTo(19.5);
        assertThat(again.privacy().charged()).isFalse();
        assertThat(again.privacy().remaining()).isEqualTo(19.5);
        assertThat(again.total()).isEqualTo(first.total());
        assertThat(again.inclusion()).isEqualTo(first.inclusion());
        assertThat(again.distribution()).isEqualTo(first.distribution());
        assertThat(desk.ledger(10)).hasSize(1);
    }

    @Test
    void aNewSnapshotIsANewQuestion() {
        ReleaseDesk desk = desk();
        desk.release(report(5, 700), query("A"), TODAY, ANNA);
        CountReport later = counted(desk.release(report(6, 700), query("A"), TODAY, ANNA));
        assertThat(later.privacy().remaining()).isEqualTo(19);
    }

    @Test
    void anotherOrderCostsTheStepsOnlyAndHasTheSameTotal() {
        ReleaseDesk desk = desk();
        CountReport first = counted(desk.release(report(5, 900, 700), query("A", "B"), TODAY, ANNA));
        CountReport other = counted(desk.release(report(5, 800, 700), query("B", "A"), TODAY, ANNA));
        assertThat(other.total()).isEqualTo(first.total());
        assertThat(other.distribution()).isEqualTo(first.distribution());
        assertThat(other.privacy().remaining()).isEqualTo(19.375);
    }

    @Test
    void aNewDayOverTheSameDataDoesNotRedrawTheDistribution() {
        ReleaseDesk desk = desk();
        CohortReport today = report(5, 9000);
        CohortReport tomorrow = new CohortReport(
                today.answer(), List.of(new AgeSexCell(40, 49, "female", 4500), new AgeSexCell(30, 39, "male", 4500)));
        CountReport first = counted(desk.release(today, query("A"), TODAY, ANNA));
        CountReport second = counted(desk.release(tomorrow, query("A"), TODAY.plusDays(1), ANNA));
        CountReport others = counted(desk.release(tomorrow, query("A"), TODAY.plusDays(1), BEN));
        assertThat(first.distribution()).isNotEmpty();
        assertThat(second.distribution()).isEqualTo(first.distribution());
        assertThat(others.distribution()).isEqualTo(first.distribution());
    }

    @Test
    void anotherRequesterOfThePortalPaysButThePortalDoesNot() {
        ReleaseDesk desk = desk();
        CountReport first = counted(desk.release(report(5, 700), query("A"), TODAY, ANNA));
        CountReport other = counted(desk.release(report(5, 700), query("A"), TODAY, BEN));
        assertThat(other.total()).isEqualTo(first.total());
        assertThat(other.privacy().charged()).isTrue();
        assertThat(desk.balance(BEN)).isEqualTo(new Balance(19.5, 199.5));
        assertThat(desk.ledger(10)).extracting(LedgerEntry::portalEpsilon).containsExactly(0.0, 0.5);
    }

    @Test
    void anExhaustedBudgetRefusesUntilItHasRefilled() throws IOException {
        ReleaseDesk desk = desk(1, 100);
        desk.release(report(5, 700), query("A"), TODAY, ANNA);
        desk.release(report(5, 700), query("B"), TODAY, ANNA);
        SiteAnswer refused = desk.release(report(5, 700), query("C"), TODAY, ANNA);
        assertThat(refused).isInstanceOf(SiteAnswer.Refused.class);
        Refusal refusal = ((SiteAnswer.Refused) refused).refusal();
        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.BUDGET);
        assertThat(refusal.retryAfter())
                .isBetween(now.get().plus(Duration.ofDays(5)), now.get().plus(Duration.ofDays(6)));
        assertThat(counted(desk.release(report(5, 700), query("A"), TODAY, ANNA))
                        .privacy()
                        .charged())
                .as("a repeat still works")
                .isFalse();
        now.set(java.util.Objects.requireNonNull(refusal.retryAfter()));
        assertThat(desk.release(report(5, 700), query("C"), TODAY, ANNA)).isInstanceOf(SiteAnswer.Counted.class);
    }

    @Test
    void inventedRequestersMeetTheBudgetOfTheirPortal() throws IOException {
        ReleaseDesk desk = desk(1, 5);
        int answered = 0;
        for (int i = 0; i < 100; i++) {
            SiteAnswer answer =
                    desk.release(report(5, 700), query("A" + i), TODAY, new Requester("portal", "invented " + i));
            answered += answer instanceof SiteAnswer.Counted ? 1 : 0;
        }
        assertThat(answered).isEqualTo(10);
        assertThat(desk.release(report(5, 700), query("Z"), TODAY, new Requester("another portal", "x")))
                .isInstanceOf(SiteAnswer.Counted.class);
    }

    @Test
    void askersAtTheSameTimeCannotOverspend() throws Exception {
        ReleaseDesk desk = desk(2, 3);
        List<Callable<SiteAnswer>> questions = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int number = i;
            questions.add(() -> desk.release(report(5, 700), query("A" + number), TODAY, number % 2 == 0 ? ANNA : BEN));
        }
        int answered = 0;
        try (ExecutorService askers = Executors.newFixedThreadPool(8)) {
            for (Future<SiteAnswer> answer : askers.invokeAll(questions)) {
                answered += get(answer) instanceof SiteAnswer.Counted ? 1 : 0;
            }
        }
        assertThat(answered).isEqualTo(6);
        assertThat(desk.ledger(100)).hasSize(6);
    }

    private static SiteAnswer get(Future<SiteAnswer> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatFailsBeforeTheCommitIsNotCharged() {
        ReleaseDesk desk = desk();
        JdbcClient jdbc = JdbcClient.create(tables.dataSource());
        jdbc.sql("alter table answer add constraint refuse check (t <> 13)").update();
        try {
            assertThatThrownBy(() -> desk.release(report(13, 700), query("A"), TODAY, ANNA))
                    .isInstanceOf(RuntimeException.class);
            assertThat(desk.balance(ANNA)).isEqualTo(new Balance(20, 200));
            assertThat(desk.ledger(10)).isEmpty();
        } finally {
            jdbc.sql("alter table answer drop constraint refuse").update();
        }
    }

    @Test
    void aRestartedSiteGivesTheSameAnswerWithoutACharge() {
        CountReport before = counted(desk().release(report(5, 900, 700), query("A", "B"), TODAY, ANNA));
        CountReport after = counted(desk().release(report(5, 900, 700), query("A", "B"), TODAY, ANNA));
        assertThat(after.total()).isEqualTo(before.total());
        assertThat(after.privacy().charged()).isFalse();
    }

    @Test
    void theKeyIsMadeOnceAndForTheOwnerOnly() throws IOException {
        desk();
        Path key = data.resolve("keys/noise.key");
        byte[] secret = Files.readAllBytes(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        desk();
        assertThat(Files.readAllBytes(key)).isEqualTo(secret);
        assertThat(Files.list(key.getParent())).hasSize(1);
    }

    @Test
    void rulesAreWrittenWithDefaultsAndRefusedWhereInDoubt() throws IOException {
        desk();
        assertThat(Files.readString(data.resolve("disclosure.json"))).contains("\"minimum\" : 10");
        Files.writeString(data.resolve("disclosure.json"), "{\"minimum\":0}");
        assertThatThrownBy(this::desk).isInstanceOf(SiteUnavailable.class).hasMessageContaining("/minimum");
    }
}
