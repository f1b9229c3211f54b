package allmende.engine.packages;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The JSON files of a package, from an archive or a folder, one after the other and never beyond the bounds. */
final class PackageFiles {

    private final Bounds bounds;
    private final Sink sink;
    private long bytes;
    private int files;

    PackageFiles(Bounds bounds, Sink sink) {
        this.bounds = bounds;
        this.sink = sink;
    }

    /** Takes the files. */
    interface Sink {
        void file(String path, byte[] content) throws IOException, PackageRefused;
    }

    void read(Path source) throws IOException, PackageRefused {
        if (Files.isDirectory(source)) {
            readFolder(source);
        } else {
            readArchive(source);
        }
    }

    private void readArchive(Path source) throws IOException, PackageRefused {
        long packed = Files.size(source);
        if (packed > bounds.packedBytes()) {
            throw new PackageRefused("The file is larger than " + bounds.packedBytes() + " bytes.");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(source), 1 << 16);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(in, 1 << 16))) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                check(entry);
                if (entry.isDirectory()) {
                    continue;
                }
                take(entry.getName(), tar, packed);
            }
        }
    }

    private void check(TarArchiveEntry entry) throws PackageRefused {
        String name = entry.getName();
        boolean outside = name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.indexOf('\0') >= 0
                || Stream.of(name.split("/")).anyMatch(".."::equals);
        if (outside) {
            throw new PackageRefused("It holds a file whose path leads out of the package.");
        }
        if (!entry.isDirectory() && !entry.isFile()) {
            throw new PackageRefused("It holds a link or another thing that is neither file nor folder.");
        }
    }

    private void readFolder(Path source) throws IOException, PackageRefused {
        try (Stream<Path> paths = Files.walk(source)) {
            for (Path file : (Iterable<Path>) paths.sorted()::iterator) {
                if (Files.isRegularFile(file) && Files.size(file) <= bounds.fileBytes()) {
                    try (InputStream in = Files.newInputStream(file)) {
                        take(source.relativize(file).toString().replace('\\', '/'), in, bounds.packedBytes());
                    }
                }
            }
        }
    }

    /** Counts every file, but keeps in memory only JSON. */
    private void take(String path, InputStream in, long packed) throws IOException, PackageRefused {
        if (++files > bounds.files()) {
            throw new PackageRefused("It holds more than " + bounds.files() + " files.");
        }
        if (path.toLowerCase(Locale.ROOT).endsWith(".json")) {
            byte[] content = in.readNBytes(bounds.fileBytes() + 1);
            if (content.length > bounds.fileBytes()) {
                throw new PackageRefused("It holds a file larger than " + bounds.fileBytes() + " bytes.");
            }
            count(content.length, packed);
            sink.file(path, content);
        } else {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                count(n, packed);
            }
        }
    }

    private void count(long more, long packed) throws PackageRefused {
        bytes += more;
        if (!bounds.allowsInAll(bytes, packed)) {
            throw new PackageRefused("It unpacks to far more than a package holds.");
        }
    }
}
