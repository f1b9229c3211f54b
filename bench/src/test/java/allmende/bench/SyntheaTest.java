package allmende.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import allmende.engine.load.LoadProgress;
import allmende.engine.load.LoadReport;
import allmende.engine.load.Loader;
import allmende.engine.store.Store;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Loads bundles that Synthea wrote: created by POST, pointing to each other by {@code urn:uuid}, to hospitals and
 * practitioners by conditional references, with files in an order that nobody chose. Skipped where bench/synthea/generate
 * has not been run.
 */
final class SyntheaTest {

    @TempDir
    private Path directory;

    @Test
    void loadsWhatOthersWrite() throws IOException {
        Path bundles = Path.of(System.getProperty("allmende.root"), "bench", "synthea", "target", "4", "fhir");
        assumeTrue(Files.isDirectory(bundles), "no Synthea bundles: run bench/synthea/generate");
        long entries = entries(bundles);
        try (Store store = Stores.open(new StoreLocation.Embedded(directory))) {
            LoadReport first = new Loader(store).load(List.of(bundles), LoadProgress.NONE);
            assertThat(first.received()).isEqualTo(entries).isPositive();
            assertThat(first.quarantined()).isZero();
            assertThat(first.stored()).isEqualTo(entries);

            LoadReport again = new Loader(store).load(List.of(bundles), LoadProgress.NONE);
            assertThat(again.unchanged()).isEqualTo(entries);
        }
    }

    private static long entries(Path bundles) throws IOException {
        JsonMapper mapper = JsonMapper.shared();
        long entries = 0;
        try (Stream<Path> files = Files.list(bundles)) {
            for (Path file : files.toList()) {
                JsonNode bundle = mapper.readTree(Files.readAllBytes(file));
                entries += bundle.path("entry").size();
            }
        }
        return entries;
    }
}
