package allmende.app.pseudonyms;

import static allmende.app.pseudonyms.TrustCentre.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed while it makes pseudonyms, the database with it: what was made stays, counted and without doubles. */
class PseudonymKillTest {

    private static final int ORIGINALS = 60_000;

    @TempDir
    Path folder;

    /** What is killed: makes pseudonyms, a thousand at a time, and says so. */
    static final class Maker {
        private Maker() {}

        public static void main(String[] arguments) {
            try (PseudonymService service = TrustCentre.over(Path.of(arguments[0]))) {
                service.add(NewDomain.usual("killed"), "test");
                System.out.println("begun");
                List<String> all = List.copyOf(TrustCentre.originals("k-", ORIGINALS));
                for (int from = 0; from < all.size(); from += 1_000) {
                    Map<String, String> made = done(service.create("killed", all.subList(from, from + 1_000)));
                    made.forEach((original, pseudonym) -> System.out.println(original + " " + pseudonym));
                }
            }
        }
    }

    @Test
    void nothingThatWasToldIsLost() throws Exception {
        Path told = folder.resolve("told");
        Process maker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx300m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Maker.class.getName(),
                        folder.resolve("data").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(told.toFile())
                .start();
        while (maker.isAlive()
                && (Files.notExists(told) || Files.readAllLines(told).size() < 3_000)) {
            Thread.sleep(20);
        }
        assertThat(maker.isAlive()).as("it was not done before it was killed").isTrue();
        maker.destroyForcibly().waitFor();
        for (Path pid : Files.find(folder, 5, (path, kind) -> path.endsWith("postmaster.pid"))
                .toList()) {
            ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).getFirst().strip()))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }

        Map<String, String> before = new HashMap<>();
        List<String> lines = Files.readAllLines(told);
        for (String line : lines.subList(1, lines.size() - 1)) { // the last may be half
            before.put(line.split(" ")[0], line.split(" ")[1]);
        }
        try (PseudonymService service = TrustCentre.over(folder.resolve("data"))) {
            PseudonymDomain domain = service.domain("killed").orElseThrow();
            long rows = service.tables()
                    .jdbc()
                    .sql("select count(*) from pseudonym")
                    .query(Long.class)
                    .single();
            assertThat(domain.held()).isEqualTo(rows).isGreaterThanOrEqualTo(before.size());

            Map<String, String> after = done(service.create("killed", TrustCentre.originals("k-", ORIGINALS)));
            assertThat(after).containsAllEntriesOf(before);
            assertThat(new HashSet<>(after.values())).hasSize(ORIGINALS);
            assertThat(service.domain("killed").orElseThrow().held()).isEqualTo(ORIGINALS);
        }
    }
}
