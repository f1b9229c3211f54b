package allmende.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import allmende.engine.store.ChangePage.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded server is shared by processes, survives their deaths, and goes with the last of them. */
final class LifecycleTest {

    @TempDir
    private static Path directory;

    private final List<StoreProcess.Running> started = new ArrayList<>();

    @AfterEach
    void endProcesses() throws InterruptedException {
        for (StoreProcess.Running running : started) {
            running.process().destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void processesShareOneServerAndTheLastStopsIt() throws Exception {
        Store store = open();
        long server = serverPid();
        StoreProcess.Running other = start("shared", 20);
        assertThat(other.line()).isEqualTo("open");
        for (int batch = 0; batch < 20; batch++) {
            store.write(StoreProcess.batch("ours-" + batch));
        }
        while (other.line() != null) {}
        assertThat(other.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(other.process().exitValue()).isZero();
        assertThat(serverPid()).isEqualTo(server);
        assertWholeBatches(store);
        Store second = open();
        store.close();
        assertThat(second.currentT()).isGreaterThanOrEqualTo(40);
        second.close();
        assertThat(directory.resolve("postgres/data/postmaster.pid")).doesNotExist();
    }

    @Test
    void theServerIsFoundAgainAfterItsStarterWasKilled() throws Exception {
        StoreProcess.Running other = start("killed", Integer.MAX_VALUE);
        assertThat(other.line()).isEqualTo("open");
        long told = 0;
        for (int line = 0; line < 10; line++) {
            told = Long.parseLong(other.line());
        }
        long server = serverPid();
        other.process().destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        try (Store store = open()) {
            assertThat(serverPid()).isEqualTo(server);
            assertThat(store.currentT()).isGreaterThanOrEqualTo(told);
            assertWholeBatches(store);
        }
        assertThat(directory.resolve("postgres/data/postmaster.pid")).doesNotExist();
    }

    @Test
    void aKilledServerIsStartedAgainWithAllThatWasCommitted() throws Exception {
        try (Store store = open()) {
            long t = store.write(StoreProcess.batch("before-" + System.nanoTime()))
                    .t();
            long server = serverPid();
            ProcessHandle.of(server).orElseThrow().destroyForcibly();
            long found = -1;
            while (serverPid() == server) { // its children answer for a moment longer
                try {
                    found = store.currentT();
                } catch (StoreUnavailable e) {
                    assertThat(e.code()).isEqualTo(StoreUnavailable.Code.CONNECTION);
                }
            }
            assertThat(found).isEqualTo(t);
            assertThat(serverPid()).isNotEqualTo(server);
            assertWholeBatches(store);
            assertThat(store.write(StoreProcess.batch("after-" + System.nanoTime()))
                            .t())
                    .isEqualTo(t + 1);
        }
    }

    @Test
    void thePasswordIsForTheOwnerOnly() throws IOException {
        open().close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("postgres/password"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aDirectoryThatCannotBeUsedIsToldInASentence() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> Stores.open(new StoreLocation.Embedded(file)))
                .isInstanceOfSatisfying(
                        StoreUnavailable.class, e -> assertThat(e.code()).isEqualTo(StoreUnavailable.Code.DIRECTORY));
        assertThatThrownBy(() -> Stores.open(new StoreLocation.External("jdbc:postgresql://127.0.0.1:1/none")))
                .isInstanceOfSatisfying(
                        StoreUnavailable.class, e -> assertThat(e.code()).isEqualTo(StoreUnavailable.Code.CONNECTION));
    }

    private static Store open() {
        return Stores.open(new StoreLocation.Embedded(directory));
    }

    private StoreProcess.Running start(String name, int batches) throws IOException {
        StoreProcess.Running running = StoreProcess.Running.start(directory, name, batches);
        started.add(running);
        return running;
    }

    private static long serverPid() throws IOException {
        return Long.parseLong(Files.readAllLines(directory.resolve("postgres/data/postmaster.pid"))
                .getFirst()
                .strip());
    }

    /** Every transaction from 1 on is there, with the whole of its batch. */
    private static void assertWholeBatches(Store store) {
        List<Change> changes = new ArrayList<>();
        ChangePage page = store.changes(0, 1000);
        changes.addAll(page.changes());
        while (!page.last()) {
            page = store.changes(page.t(), 1000);
            changes.addAll(page.changes());
        }
        var byT = changes.stream().collect(Collectors.groupingBy(Change::t, Collectors.counting()));
        assertThat(byT).hasSize((int) store.currentT());
        assertThat(byT.values()).containsOnly((long) StoreProcess.BATCH);
        assertThat(changes).isSortedAccordingTo(java.util.Comparator.comparingLong(Change::t));
    }
}
