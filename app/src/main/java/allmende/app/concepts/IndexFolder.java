package allmende.app.concepts;

import allmende.engine.files.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.FSDirectory;

/** The index on disk: one folder per fingerprint, of which only the current one is kept. */
final class IndexFolder {

    /** Changes with the fields and rules of the index. */
    private static final String FORMAT = "1";

    private IndexFolder() {}

    /**
     * Opens the index of this fingerprint, which is built aside and moved into place where it is not there or damaged.
     *
     * @param entries asked for only where the index must be built
     */
    static DirectoryReader open(Path folder, String fingerprint, Supplier<List<Entry>> entries) {
        Path current = folder.resolve(FORMAT + "-" + fingerprint);
        try {
            Files.createDirectories(folder);
            if (Files.isDirectory(current)) {
                try {
                    return DirectoryReader.open(FSDirectory.open(current));
                } catch (IOException damaged) {
                    Trees.delete(current);
                }
            }
            Path aside = Files.createTempDirectory(folder, "building");
            try (FSDirectory directory = FSDirectory.open(aside)) {
                EntryIndexer.write(entries.get(), directory);
            }
            Files.move(aside, current, StandardCopyOption.ATOMIC_MOVE);
            sweep(folder, current);
            return DirectoryReader.open(FSDirectory.open(current));
        } catch (IOException broken) {
            throw new UncheckedIOException("the index of concepts can't be written to " + folder, broken);
        }
    }

    /** Removes what earlier versions left behind. */
    private static void sweep(Path folder, Path current) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path other : all.filter(path -> !path.equals(current)).toList()) {
                Trees.delete(other);
            }
        }
    }
}
