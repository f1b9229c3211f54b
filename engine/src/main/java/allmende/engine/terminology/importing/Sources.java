package allmende.engine.terminology.importing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files that an operator has named: single ones, those in a folder, and those in ZIP archives; by their names. */
final class Sources implements AutoCloseable {

    private final List<ZipFile> archives = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();

    /** Opens a file. */
    @FunctionalInterface
    interface Opening {
        InputStream open() throws IOException;
    }

    /**
     * A file.
     *
     * @param path as the archive or the operator names it, with {@code /}
     */
    record Source(String path, Opening opening) {

        /** Its name without folders. */
        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        InputStream open() throws IOException {
            return new BufferedInputStream(opening.open(), 1 << 16);
        }
    }

    private Sources() {}

    /** @throws ImportProblem if one of the files is not there or is a damaged archive */
    static Sources open(List<Path> files) {
        Sources sources = new Sources();
        try {
            for (Path file : files) {
                sources.add(file);
            }
            sources.sources.sort(Comparator.comparing(Source::path));
            return sources;
        } catch (IOException unusable) {
            sources.close();
            throw new ImportProblem("The file can't be read, or is a damaged ZIP archive: " + unusable.getMessage());
        }
    }

    /** Those whose path is accepted, in the order of their paths. */
    List<Source> matching(Predicate<String> path) {
        return sources.stream().filter(each -> path.test(each.path())).toList();
    }

    private void add(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            try (Stream<Path> inside = Files.walk(file)) {
                for (Path each : inside.filter(Files::isRegularFile).sorted().toList()) {
                    add(each);
                }
            }
            return;
        }
        if (!Files.isReadable(file)) {
            throw new ImportProblem("There is no readable file " + file + ".");
        }
        if (!file.toString().endsWith(".zip")) {
            sources.add(new Source(file.toString().replace('\\', '/'), () -> Files.newInputStream(file)));
            return;
        }
        ZipFile archive = new ZipFile(file.toFile());
        archives.add(archive);
        archive.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> sources.add(source(archive, entry)));
    }

    private static Source source(ZipFile archive, ZipEntry entry) {
        return new Source(entry.getName(), () -> archive.getInputStream(entry));
    }

    @Override
    public void close() {
        for (ZipFile archive : archives) {
            try {
                archive.close();
            } catch (IOException harmless) {
                // it was only read
            }
        }
    }
}
