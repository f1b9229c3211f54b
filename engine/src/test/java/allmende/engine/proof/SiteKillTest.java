package allmende.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.CriterionExtension;
import allmende.core.fhir.Coding;
import allmende.engine.count.CohortCounter;
import allmende.engine.index.CohortIndex;
import allmende.engine.index.IndexProgress;
import allmende.engine.index.IndexStatistics;
import allmende.engine.load.LoadProgress;
import allmende.engine.load.Loader;
import allmende.engine.store.Store;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The only process of a site, which loads and indexes at once, is killed again and again; its database loses its starter. */
final class SiteKillTest {

    private static final int PATIENTS = 2400;
    private static final int KILLS = 3;
    private static final LocalDate TODAY = LocalDate.of(2024, 6, 15);

    @TempDir
    private Path directory;

    @Test
    void losesAndDoublesNothing() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("input"));
        writeHospital(folder);
        Path data = directory.resolve("data");
        Random random = new Random(7);
        for (int kill = 0; kill < KILLS; kill++) {
            Path log = directory.resolve("log" + kill);
            Process process = SiteProcess.start(data, folder, log);
            while (process.isAlive() && !Files.readString(log).contains("loading")) {
                Thread.sleep(10);
            }
            assertThat(process.isAlive()).as("%s", log).isTrue();
            process.waitFor(Duration.ofMillis(random.nextInt(2000)));
            process.destroyForcibly().waitFor();
        }
        try (Store store = Stores.open(new StoreLocation.Embedded(data));
                CohortIndex index = SiteProcess.open(data, store)) {
            new Loader(store).load(List.of(folder), LoadProgress.NONE);
            index.catchUp();
            assertThat(store.countsByType())
                    .isEqualTo(Map.of(
                            "Patient",
                            (long) PATIENTS,
                            "Condition",
                            2L * PATIENTS,
                            "Medication",
                            10L,
                            "MedicationAdministration",
                            (long) PATIENTS));
            checkCounts(index);
            IndexStatistics survived = index.statistics();
            index.rebuild(IndexProgress.NONE);
            checkCounts(index);
            assertThat(index.statistics()).isEqualTo(survived);
        }
    }

    private static void checkCounts(CohortIndex index) {
        assertThat(count(index, "Diagnose", SampleCodes.ICD, "E10-E14")).isEqualTo(PATIENTS);
        assertThat(count(index, "Diagnose", SampleCodes.ICD, "I50")).isEqualTo(PATIENTS / 4);
        assertThat(count(index, "Medikamentenverabreichung", SampleCodes.ATC, "A10BA02"))
                .isEqualTo(PATIENTS / 2);
        assertThat(count(index, "Medikamentenverabreichung", SampleCodes.ATC, "C09AA02"))
                .isEqualTo(PATIENTS / 2);
    }

    private static long count(CohortIndex index, String context, String system, String code) {
        Criterion criterion = new Criterion(
                context, List.of(new Coding(system, code)), code, null, List.of(), null, CriterionExtension.NONE, "");
        return new CohortCounter(index)
                .count(new CohortQuery(List.of(List.of(criterion)), List.of()), TODAY)
                .count();
    }

    /** Everybody has diabetes and one drug of two; every fourth has heart failure too. Medications come last. */
    private static void writeHospital(Path folder) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("a.ndjson"))) {
            for (int i = 0; i < PATIENTS; i++) {
                String subject = "\"subject\":{\"reference\":\"Patient/p" + i + "\"}";
                out.write("{\"resourceType\":\"Patient\",\"id\":\"p" + i + "\",\"birthDate\":\"1960\"}\n");
                out.write(condition("d" + i, subject, "E11.9"));
                out.write(condition("h" + i, subject, i % 4 == 0 ? "I50.1" : "C50.4"));
                out.write("{\"resourceType\":\"MedicationAdministration\",\"id\":\"m" + i
                        + "\",\"status\":\"completed\"," + subject
                        + ",\"medicationReference\":{\"reference\":\"Medication/m" + i % 10 + "\"}}\n");
            }
        }
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("b.ndjson"))) {
            for (int i = 0; i < 10; i++) {
                out.write("{\"resourceType\":\"Medication\",\"id\":\"m" + i + "\",\"code\":{\"coding\":[{\"system\":\""
                        + SampleCodes.ATC + "\",\"code\":\"" + (i % 2 == 0 ? "A10BA02" : "C09AA02") + "\"}]}}\n");
            }
        }
    }

    private static String condition(String id, String subject, String code) {
        return "{\"resourceType\":\"Condition\",\"id\":\"" + id + "\"," + subject
                + ",\"code\":{\"coding\":[{\"system\":\"" + SampleCodes.ICD + "\",\"code\":\"" + code + "\"}]}}\n";
    }
}
