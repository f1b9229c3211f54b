package allmende.engine.count;

import static allmende.engine.index.Ward.condition;
import static allmende.engine.index.Ward.diagnosis;
import static allmende.engine.index.Ward.lab;
import static allmende.engine.index.Ward.laboratory;
import static allmende.engine.index.Ward.patient;
import static allmende.engine.index.Ward.write;
import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.Funnel;
import allmende.core.cohort.ValueFilter;
import allmende.core.cohort.ValueFilter.Comparator;
import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import allmende.engine.index.CohortIndex;
import allmende.engine.index.Ward;
import allmende.engine.proof.MemoryStore;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Funnels, notes and snapshots. That counts are right is proven in package proof. */
final class CohortCounterTest {

    private static final LocalDate TODAY = LocalDate.of(2025, 6, 1);
    private static final String CREATININE = "2160-0";

    @TempDir
    private Path directory;

    private final MemoryStore store = new MemoryStore();
    private CohortIndex index;

    @BeforeEach
    void fill() {
        index = Ward.open(directory, store);
        write(
                store,
                patient("a", "1950"),
                patient("b", "1960"),
                patient("c", "2000"),
                condition("ca", "a", "I50", "2024-01-01"),
                condition("cb", "b", "E11.9", "2024-01-01"),
                condition("cc", "c", "I50", "2024-01-01"),
                condition("cd", "c", "E10", "2023-01-01"),
                lab("la", "a", CREATININE, "1.5", "mg/dL"),
                lab("lb", "b", CREATININE, "30", "mg/L"),
                lab("lc", "c", CREATININE, "100", "umol/L"));
        index.catchUp();
    }

    @AfterEach
    void close() {
        index.close();
    }

    private CountAnswer count(List<List<Criterion>> inclusion, List<List<Criterion>> exclusion) {
        return new CohortCounter(index).count(new CohortQuery(inclusion, exclusion), TODAY);
    }

    @Test
    void tellsHowTheCohortCameAbout() {
        CountAnswer answer = count(
                List.of(List.of(diagnosis("I50"), diagnosis("E11.9")), List.of(laboratory(CREATININE, null))),
                List.of(List.of(diagnosis("I50"), diagnosis("E10")), List.of(diagnosis("E11.9"))));

        Funnel funnel = answer.funnel();
        assertThat(funnel.inclusion()).extracting(Funnel.Step::count).containsExactly(3L, 3L);
        assertThat(funnel.inclusion().getFirst().criteria())
                .extracting(Funnel.Leaf::count)
                .containsExactly(2L, 1L);
        assertThat(funnel.exclusion()).extracting(Funnel.Step::count).containsExactly(1L, 1L);
        assertThat(funnel.exclusion()).extracting(Funnel.Step::remaining).containsExactly(2L, 1L);
        assertThat(answer.count()).isEqualTo(1).isEqualTo(funnel.count());
        assertThat(answer.t()).isEqualTo(store.currentT());
        assertThat(answer.notes()).isEmpty();
    }

    @Test
    void convertsTheBoundAndTellsWhatCannotBeConverted() {
        Criterion above =
                laboratory(CREATININE, new ValueFilter.Comparison(Comparator.GE, new BigDecimal("0.015"), "g/L"));
        CountAnswer answer = count(List.of(List.of(above)), List.of());

        assertThat(answer.count()).isEqualTo(2);
        assertThat(answer.notes()).singleElement().satisfies(note -> assertThat(note.message())
                .contains("1 value in umol/L"));
    }

    @Test
    void saysSoWhereACodeWasNeverMet() {
        CountAnswer answer = count(List.of(List.of(laboratory("0-0", null))), List.of());

        assertThat(answer.count()).isZero();
        assertThat(answer.notes()).singleElement().satisfies(note -> assertThat(note.pointer())
                .endsWith("/termCodes/0"));
    }

    @Test
    void agesAreCountedOnTheDayGiven() {
        Criterion adult = Ward.criterion(
                "Patient",
                new Coding("http://snomed.info/sct", "424144002"),
                new ValueFilter.Comparison(Comparator.GE, new BigDecimal("60"), "a"));

        assertThat(count(List.of(List.of(adult)), List.of()).count()).isEqualTo(2);
        assertThat(new CohortCounter(index)
                        .count(Ward.all(adult), LocalDate.of(2019, 12, 31))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void timesOverlap() {
        TimeSpan newYear = new TimeSpan(28_401_120, 28_402_559);

        assertThat(count(List.of(List.of(diagnosis("I50", newYear))), List.of()).count())
                .isEqualTo(2);
        assertThat(count(List.of(List.of(diagnosis("E10", newYear))), List.of()).count())
                .isZero();
    }

    @Test
    void answersTheSameFromSortedFacts() {
        Criterion above =
                laboratory(CREATININE, new ValueFilter.Range(new BigDecimal("0.015"), new BigDecimal("0.02"), "g/L"));
        CountAnswer before = count(List.of(List.of(diagnosis("E10-E14"), above)), List.of());
        index.compact();

        assertThat(count(List.of(List.of(diagnosis("E10-E14"), above)), List.of()))
                .isEqualTo(before);
        assertThat(before.count()).isEqualTo(3);
    }

    @Test
    void reportsTheCohortByAgeAndSex() {
        write(
                store,
                "{\"resourceType\":\"Patient\",\"id\":\"d\",\"gender\":\"male\",\"birthDate\":\"1996-06-02\"}",
                "{\"resourceType\":\"Patient\",\"id\":\"e\",\"deceasedDateTime\":\"2000-01-01\",\"birthDate\":\"1995-06\"}",
                "{\"resourceType\":\"Patient\",\"id\":\"f\",\"gender\":\"unknown\",\"birthDate\":\"2025-06-02\"}",
                "{\"resourceType\":\"Patient\",\"id\":\"g\",\"gender\":\"other\"}");
        for (String id : List.of("d", "e", "f", "g")) {
            write(store, condition("c" + id, id, "I50", "2024-01-01"));
        }
        index.catchUp();

        CohortReport report = new CohortCounter(index).report(Ward.all(diagnosis("I50")), TODAY);

        assertThat(report.answer().count()).isEqualTo(6);
        assertThat(report.distribution())
                .hasSize(9 * 4)
                .extracting(AgeSexCell::patients)
                .allMatch(count -> count <= 1);
        assertThat(report.distribution())
                .filteredOn(cell -> cell.patients() > 0)
                .containsExactly(
                        new AgeSexCell(AgeSexCell.UNKNOWN_AGE, null, "other", 1),
                        new AgeSexCell(AgeSexCell.UNKNOWN_AGE, null, "unknown", 1),
                        new AgeSexCell(18, 29, "female", 1),
                        new AgeSexCell(18, 29, "male", 1),
                        new AgeSexCell(30, 39, "unknown", 1),
                        new AgeSexCell(70, 79, "female", 1));
    }

    @Test
    void tellsOfWhichContextsThereIsAnything() {
        assertThat(index.contextsWithData()).containsExactlyInAnyOrder("Patient", "Diagnose", "Laboruntersuchung");
        index.compact();
        assertThat(index.contextsWithData()).containsExactlyInAnyOrder("Patient", "Diagnose", "Laboruntersuchung");
        for (String id : List.of("la", "lb", "lc")) {
            Ward.delete(store, "Observation", id);
        }
        index.catchUp();
        assertThat(index.contextsWithData()).containsExactlyInAnyOrder("Patient", "Diagnose");
    }
}
