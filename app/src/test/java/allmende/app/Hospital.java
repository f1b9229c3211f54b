package allmende.app;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.cli.Typed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A small synthetic hospital, generated and loaded once for all tests that only read it. */
public final class Hospital {

    /** Patients of the hospital. */
    public static final int PATIENTS = 80;

    private static Path data;

    private Hospital() {}

    /** The data folder; loaded, nobody has it open. */
    public static synchronized Path data() {
        if (data == null) {
            Path folder = temporary("allmende-hospital");
            Typed generated = Typed.run(
                    "generate",
                    "--patients",
                    Integer.toString(PATIENTS),
                    "--out",
                    folder.resolve("files").toString());
            assertThat(generated.code()).as(generated.err()).isZero();
            Path site = folder.resolve("site");
            Typed loaded = Typed.run(
                    "load", "--data", site.toString(), folder.resolve("files").toString());
            assertThat(loaded.code()).as(loaded.err()).isZero();
            data = site;
        }
        return data;
    }

    /** A folder that is gone when the tests have ended. */
    public static Path temporary(String name) {
        try {
            Path folder = Files.createTempDirectory(name);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder with all that is in it. */
    public static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            return;
        }
    }
}
