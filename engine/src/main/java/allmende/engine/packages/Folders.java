package allmende.engine.packages;

import allmende.engine.files.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The folder of packages on disk: one folder per package, and what is just being unpacked. */
final class Folders {

    /** In a package's folder, the snapshots that were generated after its installation. */
    static final String SNAPSHOTS = "snapshots";

    private static final String ASIDE = ".unpacking-";

    /** After which time something half unpacked has surely been left by a process that died. */
    private static final Duration LEFT_BEHIND = Duration.ofHours(1);

    private Folders() {}

    /** The folders of installed packages, sorted by name; empty where there is no folder at all. */
    static List<Path> installed(Path directory) {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> paths = Files.list(directory)) {
            paths.filter(path -> path.getFileName().toString().indexOf('#') > 0)
                    .filter(path -> Files.exists(path.resolve(PackageIndex.FILE)))
                    .sorted()
                    .forEach(found::add);
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (IOException problem) {
            throw new UncheckedIOException("the folder of packages can't be read", problem);
        }
        return found;
    }

    /** A new folder to unpack into; removes those that dead processes have left. */
    static Path aside(Path directory) throws IOException {
        Files.createDirectories(directory);
        Instant old = Instant.now().minus(LEFT_BEHIND);
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                if (path.getFileName().toString().startsWith(ASIDE)
                        && Files.getLastModifiedTime(path).toInstant().isBefore(old)) {
                    Trees.delete(path);
                }
            }
        }
        return Files.createTempDirectory(directory, ASIDE);
    }
}
