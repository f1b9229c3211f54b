package allmende.engine.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published test data of the Medical Informatics Initiative load with nothing set aside. */
final class SharedTestDataTest {

    @ParameterizedTest
    @CsvSource({"mii-testdata-2026, 726", "module-bundles, 142", "kds-base-2026, 21"})
    void loadsCompletely(String name, int resources) {
        Path folder = shared().resolve("testdata").resolve(name);
        assumeTrue(Files.isDirectory(folder), () -> folder + " is not there");
        FakeStore store = new FakeStore();
        LoadReport report = new Loader(store).load(List.of(folder), LoadProgress.NONE);
        assertThat(store.codes()).isEmpty();
        assertThat(report.received()).isEqualTo(resources);
        assertThat(report.quarantined()).isZero();
        assertThat(new Loader(store).load(List.of(folder), LoadProgress.NONE).stored())
                .isZero();
    }

    private static Path shared() {
        String elsewhere = System.getenv("ALLMENDE_SHARED");
        return elsewhere != null ? Path.of(elsewhere) : Path.of(System.getProperty("allmende.root"), "..", "shared");
    }
}
