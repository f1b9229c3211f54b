package allmende.engine.load;

import static allmende.engine.load.Bundles.resource;
import static allmende.engine.load.Bundles.subject;
import static org.assertj.core.api.Assertions.assertThat;

import allmende.engine.store.Store;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import allmende.engine.store.TestStores;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A load that ends in the middle, by a signal that nobody can catch or by a person, is run again. */
final class InterruptedLoadTest {

    private static final int LINES = 60_000;

    @TempDir
    private Path temp;

    @Test
    void killedAndRunAgainEqualsAnUndisturbedLoad() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("input"));
        writeLines(folder);
        PostgresLoadTest.writePatients(folder, 10, 100);
        Map<String, String> expected;
        try (Store undisturbed = TestStores.empty()) {
            new Loader(undisturbed).load(List.of(folder), LoadProgress.NONE);
            expected = StoredTexts.withVersions(undisturbed);
        }
        Path data = temp.resolve("data");
        try (Store store = Stores.open(new StoreLocation.Embedded(data))) {
            for (long t = 2; t < 8; t += 3) {
                killAt(t, store, data, folder);
                assertThat(StoredTexts.withVersions(store)).hasSizeLessThan(expected.size());
            }
            LoadReport report = new Loader(store).load(List.of(folder), LoadProgress.NONE);
            assertThat(report.unchanged()).isPositive();
            assertThat(report.stored()).isPositive();
            assertThat(report.quarantined()).isZero();
            assertThat(StoredTexts.withVersions(store)).isEqualTo(expected);
        }
    }

    private void killAt(long t, Store store, Path data, Path folder) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledLoad.class.getName(),
                        data.toString(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("killed.log").toFile())
                .start();
        try {
            while (store.currentT() < t && process.isAlive()) {
                Thread.sleep(5);
            }
            assertThat(process.isAlive()).as("still loading when killed").isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void interruptedThreadStopsAndWhatWasWrittenStays() throws IOException {
        writeLines(temp);
        FakeStore store = new FakeStore();
        LoadProgress interrupting = new LoadProgress() {
            @Override
            public void advanced(long bytes, long resources) {
                Thread.currentThread().interrupt();
            }
        };
        Assertions.assertThatThrownBy(() -> new Loader(store).load(List.of(temp), interrupting))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(store.current).isNotEmpty().hasSizeLessThan(LINES);
        assertThat(new Loader(store).load(List.of(temp), LoadProgress.NONE).unchanged())
                .isPositive();
        assertThat(store.current).hasSize(LINES);
    }

    private static void writeLines(Path folder) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("a.ndjson"))) {
            for (int i = 0; i < LINES; i++) {
                out.write(resource("Observation", "o" + i, subject("Patient/p" + i / 100)));
                out.write('\n');
            }
        }
    }
}
