package allmende.app.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import allmende.app.audit.AccessLogCheck.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The access log's chain: what is written is whole, and whatever is done to it is found at its first place. */
class AccessLogChainTest {

    private static final Access.Who ADA =
            new Access.Who("ada", Access.Who.Kind.PERSON, List.of("physician"), "127.0.0.1");
    private static final String FIRST = "access-000001-2026-11.ndjson";
    private static final int ENTRIES = 20;

    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T05:00:00Z"));
    private final InstantSource clock = now::get;

    @BeforeEach
    void write() {
        try (FileAccessLog log = FileAccessLog.open(folder, "Haus Nord", clock)) {
            readTimes(log, ENTRIES - 1);
        }
    }

    private static void readTimes(FileAccessLog log, int times) {
        IntStream.range(0, times)
                .forEach(i -> log.record(Access.by(ADA, Access.Action.READ)
                        .on("Observation", "o" + i)
                        .of(Access.Patients.one("p" + i % 3))
                        .at(7)));
    }

    private List<String> lines() throws IOException {
        return new ArrayList<>(Files.readAllLines(folder.resolve(FIRST)));
    }

    private Verdict afterwards(List<String> lines) throws IOException {
        Files.writeString(folder.resolve(FIRST), String.join("\n", lines) + "\n");
        return AccessLogCheck.check(folder, Map.of());
    }

    private static void isBroken(Verdict verdict, long line, long n, String word) {
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Broken.class, broken -> {
            assertThat(broken.file()).isEqualTo(FIRST);
            assertThat(broken.line()).isEqualTo(line);
            assertThat(broken.n()).isEqualTo(n);
            assertThat(broken.what()).contains(word);
        });
    }

    @Test
    void whatWasWrittenHolds() throws IOException {
        assertThat(AccessLogCheck.check(folder, Map.of()))
                .isInstanceOfSatisfying(Verdict.Intact.class, intact -> assertThat(intact.entries())
                        .isEqualTo(ENTRIES));
    }

    @Test
    void eventsHaveTheShapeOfBalp() throws IOException {
        JsonNode event = JsonMapper.shared().readTree(lines().get(5)).path("event");

        assertThat(event.path("resourceType").asString()).isEqualTo("AuditEvent");
        assertThat(event.path("meta").path("profile").path(0).asString())
                .isEqualTo("https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientRead");
        assertThat(event.path("type").path("code").asString()).isEqualTo("rest");
        assertThat(event.path("subtype").path(0).path("code").asString()).isEqualTo("read");
        assertThat(event.path("action").asString()).isEqualTo("R");
        assertThat(event.path("recorded").asString()).isEqualTo("2026-11-22T05:00:00Z");
        assertThat(event.path("outcome").asString()).isEqualTo("0");
        assertThat(event.path("agent")).hasSize(3);
        assertThat(event.path("entity").path(0).path("what").path("reference").asString())
                .isEqualTo("Patient/p1");
        assertThat(event.path("entity").path(1).path("what").path("reference").asString())
                .isEqualTo("Observation/o4");
    }

    @Test
    void aChangedLineIsFound() throws IOException {
        List<String> lines = lines();
        lines.set(9, lines.get(9).replace("\"ada\"", "\"bob\""));
        isBroken(afterwards(lines), 10, 10, "changed");
    }

    @Test
    void aChangedLineWithAHashOfItsOwnIsFoundAtTheNext() throws IOException {
        List<String> lines = lines();
        ChainLine line =
                ChainLine.read(lines.get(9).getBytes(StandardCharsets.UTF_8)).orElseThrow();
        byte[] forged = ChainLine.write(
                10, line.previous(), line.event().replace("\"ada\"", "\"bob\"").getBytes(StandardCharsets.UTF_8));
        lines.set(9, new String(forged, StandardCharsets.UTF_8));
        isBroken(afterwards(lines), 11, 11, "replaced");
    }

    @Test
    void aRemovedLineIsFound() throws IOException {
        List<String> lines = lines();
        lines.remove(4);
        isBroken(afterwards(lines), 5, 5, "missing");
    }

    @Test
    void anInsertedLineIsFound() throws IOException {
        List<String> lines = lines();
        lines.add(6, lines.get(2));
        isBroken(afterwards(lines), 7, 7, "out of place");
    }

    @Test
    void linesInAnotherOrderAreFound() throws IOException {
        List<String> lines = lines();
        lines.add(12, lines.remove(3));
        isBroken(afterwards(lines), 4, 4, "missing");
    }

    @Test
    void aShortenedLineIsFound() throws IOException {
        List<String> lines = lines();
        lines.set(7, lines.get(7).substring(0, 100));
        isBroken(afterwards(lines), 8, 8, "can't be read");
    }

    @Test
    void anEndThatWasCutOffIsFoundByWhatWasNotedElsewhere() throws IOException {
        List<String> lines = lines();
        String hash = ChainLine.hash(lines.getLast().getBytes(StandardCharsets.UTF_8));
        List<String> shorter = lines.subList(0, 15);

        assertThat(afterwards(shorter)).isInstanceOf(Verdict.Intact.class);
        assertThat(AccessLogCheck.check(folder, Map.of((long) ENTRIES, hash)))
                .isInstanceOfSatisfying(Verdict.Broken.class, broken -> {
                    assertThat(broken.n()).isEqualTo(16);
                    assertThat(broken.line()).isEqualTo(16);
                    assertThat(broken.what()).contains("cut off");
                });
    }

    @Test
    void aChainWrittenAnewIsFoundByWhatWasNotedElsewhere() throws IOException {
        assertThat(AccessLogCheck.check(folder, Map.of(8L, "f".repeat(64))))
                .isInstanceOfSatisfying(
                        Verdict.Broken.class, broken -> assertThat(broken.n()).isEqualTo(8));
    }

    @Test
    void theChainGoesOnOverFilesAndMissingFilesAreFound() throws IOException {
        for (String month : List.of("2026-12", "2027-01")) {
            now.set(Instant.parse(month + "-03T00:00:00Z"));
            try (FileAccessLog log = FileAccessLog.open(folder, "Haus Nord", clock)) {
                readTimes(log, 3);
            }
        }
        assertThat(AccessLogCheck.check(folder, Map.of()))
                .isInstanceOfSatisfying(Verdict.Intact.class, intact -> assertThat(intact.entries())
                        .isEqualTo(ENTRIES + 8));

        Files.delete(folder.resolve("access-000002-2026-12.ndjson"));

        assertThat(AccessLogCheck.check(folder, Map.of())).isInstanceOfSatisfying(Verdict.Broken.class, broken -> {
            assertThat(broken.file()).isEqualTo("access-000003-2027-01.ndjson");
            assertThat(broken.line()).isEqualTo(1);
            assertThat(broken.n()).isEqualTo(ENTRIES + 1);
        });
    }

    @Test
    void aHalfLineOfACrashIsToldAndTheChainGoesOn() throws IOException {
        Files.writeString(folder.resolve(FIRST), "{\"n\":21,\"prev", StandardOpenOption.APPEND);
        isBroken(AccessLogCheck.check(folder, Map.of()), 21, 21, "not whole");

        try (FileAccessLog log = FileAccessLog.open(folder, "Haus Nord", clock)) {
            readTimes(log, 2);
        }

        assertThat(lines().get(21)).contains(AuditEventJson.Remark.HALF_LINE);
        assertThat(AccessLogCheck.check(folder, Map.of())).isInstanceOfSatisfying(Verdict.Intact.class, intact -> {
            assertThat(intact.entries()).isEqualTo(ENTRIES + 3);
            assertThat(intact.halves()).isEqualTo(1);
        });
        List<String> lines = lines();
        lines.set(20, "{\"n\":21,\"other");
        isBroken(afterwards(lines), 21, 21, "can't be read");
    }

    @Test
    void aWholeLineWithoutItsEndIsKept() throws IOException {
        Files.writeString(
                folder.resolve(FIRST), Files.readString(folder.resolve(FIRST)).stripTrailing());
        try (FileAccessLog log = FileAccessLog.open(folder, "Haus Nord", clock)) {
            readTimes(log, 1);
        }
        assertThat(AccessLogCheck.check(folder, Map.of()))
                .isInstanceOfSatisfying(Verdict.Intact.class, intact -> assertThat(intact.entries())
                        .isEqualTo(ENTRIES + 2));
    }

    @Test
    void aFullDiskRefusesAccessesAndLosesNone() throws Exception {
        AtomicBoolean full = new AtomicBoolean();
        Disk disk = (channel, bytes, position) -> {
            if (full.get()) {
                bytes.position(bytes.limit() / 2);
                channel.write(bytes.duplicate().flip(), position);
                throw new IOException("No space left on device");
            }
            return channel.write(bytes, position);
        };
        try (FileAccessLog log = FileAccessLog.open(folder, "Haus Nord", clock, disk)) {
            log.flush();
            full.set(true);
            readTimes(log, 1);
            while (!refuses(log)) {
                Thread.sleep(5);
            }
            assertThatThrownBy(() -> readTimes(log, 1)).isInstanceOf(AccessLogUnavailable.class);
            full.set(false);
            while (refuses(log)) {
                Thread.sleep(5);
            }
            readTimes(log, 1);
        }
        assertThat(AccessLogCheck.check(folder, Map.of()))
                .isInstanceOfSatisfying(Verdict.Intact.class, intact -> assertThat(intact.entries())
                        .isEqualTo(ENTRIES + 3));
    }

    private static boolean refuses(AccessLog log) {
        try {
            log.require();
            return false;
        } catch (AccessLogUnavailable e) {
            return true;
        }
    }

    @Test
    void oneProcessWrites() {
        try (FileAccessLog log = FileAccessLog.open(folder, "Haus Nord", clock)) {
            assertThatThrownBy(() -> FileAccessLog.open(folder, "Haus Nord", clock))
                    .isInstanceOf(AccessLogUnavailable.class);
            assertThat(log.flush().n()).isEqualTo(ENTRIES + 1);
        }
    }

    @Test
    void manyWritersLoseNothing() throws Exception {
        try (FileAccessLog log = FileAccessLog.open(folder, "Haus Nord", clock)) {
            List<Thread> threads = IntStream.range(0, 8)
                    .mapToObj(i -> Thread.ofVirtual().start(() -> readTimes(log, 1_000)))
                    .toList();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(log.flush().n()).isEqualTo(ENTRIES + 8_001);
        }
        assertThat(AccessLogCheck.check(folder, Map.of())).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void entriesAreFoundByPersonAndPatient() {
        try (FileAccessLog log = FileAccessLog.open(folder, "Haus Nord", clock)) {
            log.record(
                    Access.by(new Access.Who("carrier", Access.Who.Kind.MACHINE, List.of(), ""), Access.Action.EXPORT)
                            .of(Access.Patients.ALL));
            log.flush();
        }
        AccessLogReader reader = new AccessLogReader(folder);

        assertThat(reader.find(new AccessLogReader.Wanted("", "p1", null, null, Long.MAX_VALUE), 100))
                .hasSize(7)
                .first()
                .satisfies(row -> {
                    assertThat(row.who()).isEqualTo("carrier");
                    assertThat(row.all()).isEqualTo(-1);
                });
        assertThat(reader.find(new AccessLogReader.Wanted("ada", "", null, null, 10), 3))
                .extracting(AccessLogReader.Row::n)
                .containsExactly(9L, 8L, 7L);
    }
}
