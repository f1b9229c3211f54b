package allmende.engine.extract;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.engine.index.Ward;
import allmende.engine.store.Store;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that extracts is killed in the middle; the next one goes on. */
class ExtractKillTest {

    private static final int PATIENTS = 30;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void leavesEachBatchOnceAndWhole() throws Exception {
        Path data = directory.resolve("data");
        try (Store store = Stores.open(new StoreLocation.Embedded(data))) {
            for (int i = 0; i < PATIENTS; i++) {
                Ward.write(
                        store,
                        "{\"resourceType\":\"Patient\",\"id\":\"p%d\",\"gender\":\"female\"}".formatted(i),
                        ("{\"resourceType\":\"Condition\",\"id\":\"c%d\",\"meta\":{\"profile\":[\"%s\"]},\"code\":{\"text\":\"x\"},"
                                        + "\"subject\":{\"reference\":\"Patient/p%d\"}}")
                                .formatted(i, Case.DIAGNOSE, i));
            }
        }
        Path work = directory.resolve("work");
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExtractProcess.class.getName(),
                        data.toString(),
                        work.toString(),
                        out.toString(),
                        Integer.toString(PATIENTS - 1),
                        "100")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        while (process.isAlive() && !Files.exists(work.resolve("batch-00001.json"))) {
            Thread.sleep(10);
        }
        assertThat(process.isAlive())
                .as(Files.readString(directory.resolve("log")))
                .isTrue();
        process.destroyForcibly().waitFor();
        int before = files(out).size();

        try (Store store = Stores.open(new StoreLocation.Embedded(data))) {
            ExtractReport resumed = ExtractProcess.run(store, work, out, PATIENTS - 1, 0);
            Path untouched = directory.resolve("untouched");
            ExtractReport whole = ExtractProcess.run(store, directory.resolve("other"), untouched, PATIENTS - 1, 0);

            assertThat(before).isBetween(1, PATIENTS / ExtractProcess.BATCH - 1);
            assertThat(resumed).isEqualTo(whole);
            assertThat(resumed.patientsDelivered()).isEqualTo(PATIENTS);
            assertThat(files(out)).isEqualTo(files(untouched));
        }
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> !each.toString().endsWith(".part")).toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
