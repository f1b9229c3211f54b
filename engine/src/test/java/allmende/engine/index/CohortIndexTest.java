package allmende.engine.index;

import static allmende.engine.index.Ward.administered;
import static allmende.engine.index.Ward.administration;
import static allmende.engine.index.Ward.all;
import static allmende.engine.index.Ward.condition;
import static allmende.engine.index.Ward.delete;
import static allmende.engine.index.Ward.diagnosis;
import static allmende.engine.index.Ward.lab;
import static allmende.engine.index.Ward.laboratory;
import static allmende.engine.index.Ward.medication;
import static allmende.engine.index.Ward.patient;
import static allmende.engine.index.Ward.specimen;
import static allmende.engine.index.Ward.specimenWith;
import static allmende.engine.index.Ward.write;
import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.Criterion;
import allmende.engine.count.CohortCounter;
import allmende.engine.proof.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the index keeps, and that it stays right whatever happens to it. */
final class CohortIndexTest {

    private static final LocalDate TODAY = LocalDate.of(2025, 6, 1);

    @TempDir
    private Path directory;

    private final MemoryStore store = new MemoryStore();
    private CohortIndex index;

    @BeforeEach
    void open() {
        index = Ward.open(directory, store);
    }

    @AfterEach
    void close() {
        index.close();
    }

    private long count(Criterion... criteria) {
        return new CohortCounter(index).count(all(criteria), TODAY).count();
    }

    @Test
    void countsWhatIsBelowACodeInTheHierarchy() {
        write(store, patient("a", "1950"), condition("c", "a", "E11.9", "2024-01-01"));
        write(store, patient("b", "1951"), condition("d", "b", "I50", "2024-01-01"));
        index.catchUp();

        assertThat(count(diagnosis("E10-E14"))).isEqualTo(1);
        assertThat(count(diagnosis("E11.9"))).isEqualTo(1);
        assertThat(count(diagnosis("E10"))).isZero();
        assertThat(index.t()).isEqualTo(store.currentT());
    }

    @Test
    void countsOnlyPatientsWhoExist() {
        write(store, condition("c", "a", "I50", "2024-01-01"));
        index.catchUp();
        assertThat(count(diagnosis("I50"))).isZero();

        write(store, patient("a", "1950"));
        index.catchUp();
        assertThat(count(diagnosis("I50"))).isEqualTo(1);

        delete(store, "Patient", "a");
        index.catchUp();
        assertThat(count(diagnosis("I50"))).isZero();
    }

    @Test
    void forgetsWhatAResourceSaidBefore() {
        write(store, patient("a", "1950"), condition("c", "a", "I50", "2024-01-01"));
        index.catchUp();
        index.compact();
        write(store, condition("c", "a", "E10", "2024-01-01"));
        index.catchUp();
        assertThat(count(diagnosis("I50"))).isZero();
        assertThat(count(diagnosis("E10"))).isEqualTo(1);

        delete(store, "Condition", "c");
        index.catchUp();
        assertThat(count(diagnosis("E10"))).isZero();
    }

    @Test
    void readsPrescriptionsAgainWhenTheirMedicationComesOrChanges() {
        write(store, patient("a", "1950"), administration("m", "a", "x"));
        index.catchUp();
        assertThat(count(administered("C09"))).isZero();

        write(store, medication("x", "C09AA02"));
        index.catchUp();
        assertThat(count(administered("C09"))).isEqualTo(1);

        index.compact();
        write(store, medication("x", "C07AB02"));
        index.catchUp();
        assertThat(count(administered("C09"))).isZero();
        assertThat(count(administered("C07"))).isEqualTo(1);

        delete(store, "Medication", "x");
        index.catchUp();
        assertThat(count(administered("C07"))).isZero();
    }

    @Test
    void followsReferencesWhoseTargetComesLater() {
        write(store, patient("a", "1950"), specimen("s", "a", "c"));
        index.catchUp();
        assertThat(count(specimenWith(diagnosis("I50")))).isZero();

        write(store, condition("c", "a", "I50", "2024-01-01"));
        index.catchUp();
        assertThat(count(specimenWith(diagnosis("I50")))).isEqualTo(1);
        assertThat(count(specimenWith(diagnosis("E10")))).isZero();
    }

    @Test
    void doesNotFollowReferencesToSomebodyElse() {
        write(store, patient("a", "1950"), patient("b", "1950"), specimen("s", "a", "c"));
        write(store, condition("c", "b", "I50", "2024-01-01"));
        index.catchUp();

        assertThat(count(specimenWith(diagnosis("I50")))).isZero();
    }

    @Test
    void isTheSameAfterCompactionRebuildAndRestart() {
        hospital();
        List<String> before = Ward.rows(index);

        index.compact();
        assertThat(Ward.rows(index)).isEqualTo(before);
        index.rebuild(IndexProgress.NONE);
        assertThat(Ward.rows(index)).isEqualTo(before);
        index.close();
        index = Ward.open(directory, store);
        assertThat(Ward.rows(index)).isEqualTo(before);
    }

    private void hospital() {
        write(store, patient("a", "1950"), administration("m", "a", "x"), specimen("s", "a", "c"));
        write(store, condition("c", "a", "I50", "2024-01-01"), lab("l", "a", "2160-0", "1.5", "mg/dL"));
        index.catchUp();
        write(store, medication("x", "C09AA02"), patient("b", "1960-05"), lab("l2", "b", "2160-0", "80", "umol/L"));
        write(store, condition("c", "a", "E11.9", "2024-01-02"), specimen("s2", "b", "missing"));
        delete(store, "Observation", "l");
        index.catchUp();
    }

    @Test
    void builtWithAnotherCatalogueIsNotUsed() {
        hospital();
        List<String> before = Ward.rows(index);
        index.close();
        var other = new allmende.core.cohort.Catalogue(java.util.Map.of());
        if (CohortIndex.open(directory, store, other, Ward.TERMINOLOGY) instanceof Opened.Ready(CohortIndex empty)) {
            assertThat(empty.t()).isZero();
            empty.close();
        }
        index = Ward.open(directory, store);
        assertThat(index.t()).isZero();
        index.catchUp();
        assertThat(Ward.rows(index)).isEqualTo(before);
    }

    @Test
    void belongsToOneAtATime() {
        assertThat(CohortIndex.open(directory, store, Ward.CATALOGUE, Ward.TERMINOLOGY))
                .isInstanceOf(Opened.InUse.class);
    }

    @Test
    void followsCommitsByItself() {
        index.follow();
        long t = write(store, patient("a", "1950"), condition("c", "a", "I50", "2024-01-01"));

        assertThat(index.awaitT(t, Duration.ofSeconds(20))).isTrue();
        assertThat(count(diagnosis("I50"))).isEqualTo(1);
        assertThat(index.awaitT(t + 1, Duration.ofMillis(1))).isFalse();
    }

    @Test
    void makesPresenceAgainAfterUpdates() throws InterruptedException {
        hospital();
        index.compact();
        write(store, condition("c", "a", "E10", "2024-01-02"), patient("d", "1970"));
        index.catchUp();
        assertThat(index.file().presenceOutdated()).isTrue();

        index.follow();
        for (int i = 0; i < 200 && index.file().presenceOutdated(); i++) {
            Thread.sleep(50);
        }
        assertThat(index.file().presenceOutdated()).isFalse();
        assertThat(count(diagnosis("E11"))).isZero();
        assertThat(count(diagnosis("E10"))).isEqualTo(1);
    }

    @Test
    void answersWhileItIsRebuilt() {
        hospital();
        long before = count(laboratory("2160-0", null));
        index.rebuild(new IndexProgress() {
            @Override
            public void advanced(long resources) {
                assertThat(count(laboratory("2160-0", null))).isEqualTo(before);
            }
        });
        assertThat(count(laboratory("2160-0", null))).isEqualTo(before).isEqualTo(1);
    }

    @Test
    void purgeLeavesNothingOfWhatIsGone() throws IOException {
        String marker = "MARKER-8D1F";
        write(store, patient("a", "1950"), lab("l", "a", marker + "-code", "1", marker + "-unit"));
        write(store, patient("b", "1950"), administration("m", "b", marker + "-medication"));
        index.catchUp();
        index.compact();
        assertThat(filesWith(marker)).isNotEmpty();

        delete(store, "Observation", "l");
        delete(store, "MedicationAdministration", "m");
        index.purge();

        assertThat(filesWith(marker)).isEmpty();
        assertThat(index.t()).isEqualTo(store.currentT());
        write(store, lab("l", "a", marker + "-code", "1", marker + "-unit"));
        index.catchUp();
        assertThat(count(laboratory(marker + "-code", null))).isEqualTo(1);
    }

    private List<Path> filesWith(String marker) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, marker))
                    .toList();
        }
    }

    private static boolean contains(Path file, String marker) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1).contains(marker);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    @Test
    void tellsWhatItHolds() {
        hospital();
        IndexStatistics statistics = index.statistics();

        assertThat(statistics.patients()).isEqualTo(2);
        assertThat(statistics.contexts())
                .anySatisfy(context -> assertThat(context.context()).isEqualTo("Diagnose"));
        assertThat(statistics.months())
                .anySatisfy(month -> assertThat(month.month()).isEqualTo(java.time.YearMonth.of(2024, 3)));
        assertThat(index.topConcepts("Diagnose", 5)).singleElement().satisfies(top -> assertThat(top.display())
                .contains("ohne Komplikationen"));
    }
}
