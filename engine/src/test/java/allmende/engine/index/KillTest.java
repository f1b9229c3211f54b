package allmende.engine.index;

import static allmende.engine.index.Ward.administration;
import static allmende.engine.index.Ward.condition;
import static allmende.engine.index.Ward.lab;
import static allmende.engine.index.Ward.medication;
import static allmende.engine.index.Ward.patient;
import static allmende.engine.index.Ward.specimen;
import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.ResourceKey;
import allmende.engine.store.ResourceWrite;
import allmende.engine.store.Store;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that indexes, at any moment, again and again: no fact is lost and none doubled. */
final class KillTest {

    private static final int KILLS = 6;
    private static final int LONGEST_LIFE_MILLIS = 1500;

    @TempDir
    private Path directory;

    @Test
    void losesAndDoublesNothing() throws Exception {
        Random random = new Random(42);
        try (Store store = Stores.open(new StoreLocation.Embedded(directory))) {
            for (int kill = 0; kill < KILLS; kill++) {
                Process process = start();
                assertThat(process.inputReader().readLine()).isEqualTo("following");
                long end = System.nanoTime() + random.nextInt(LONGEST_LIFE_MILLIS) * 1_000_000L;
                do {
                    store.write(transaction(random));
                } while (System.nanoTime() < end);
                process.destroyForcibly().waitFor();
            }
            assertThat(rows(store, "index")).isEqualTo(rows(store, "fresh"));
        }
    }

    private List<String> rows(Store store, String name) {
        try (CohortIndex index = Ward.open(directory.resolve(name), store)) {
            index.catchUp();
            return Ward.rows(index);
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FollowingProcess.class.getName(),
                        directory.toString(),
                        directory.resolve("index").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Some resources, most of them new versions of some that were there or may come. */
    private static List<ResourceWrite> transaction(Random random) {
        List<ResourceWrite> writes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String patient = "p" + random.nextInt(30);
            String id = Integer.toString(random.nextInt(200));
            String code = List.of("E10", "E11.9", "I50").get(random.nextInt(3));
            writes.add(
                    switch (random.nextInt(8)) {
                        case 0 -> Ward.asWrite(patient(patient, "19" + (10 + random.nextInt(90))));
                        case 1 -> Ward.asWrite(medication("m" + id, "C09AA0" + random.nextInt(1, 9)));
                        case 2 -> Ward.asWrite(administration("a" + id, patient, "m" + random.nextInt(200)));
                        case 3 -> Ward.asWrite(specimen("s" + id, patient, "c" + random.nextInt(200)));
                        case 4 -> Ward.asWrite(lab("l" + id, patient, "2160-0", "1." + random.nextInt(9), "mg/dL"));
                        case 5 -> new ResourceWrite(new ResourceKey("Condition", "c" + id), null, null, List.of());
                        default -> Ward.asWrite(condition("c" + id, patient, code, "2024-01-0" + random.nextInt(1, 9)));
                    });
        }
        return writes;
    }
}
