package allmende.engine.store;

import allmende.engine.files.Trees;
import allmende.engine.store.StoreUnavailable.Code;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once from the archive on the class path into a cache. Several processes may unpack at
 * once: each does so in a directory of its own, the first to rename it wins.
 */
final class PostgresBinaries {

    private static final int UNPACK_BUFFER_BYTES = 1 << 16;

    private PostgresBinaries() {}

    /** Directory below which {@code bin/initdb} and the others lie, unpacked into {@code cache} if they are not yet. */
    static Path unpacked(Path cache) {
        String name = archiveName(System.getProperty("os.name"), System.getProperty("os.arch"));
        URL archive = PostgresBinaries.class.getResource("/" + name + ".txz");
        if (archive == null) {
            throw new StoreUnavailable(
                    Code.NO_BINARIES,
                    "This program carries no PostgreSQL for this machine (" + name
                            + "). Run a PostgreSQL server and name it with --jdbc-url.");
        }
        try {
            var connection = archive.openConnection();
            connection.setUseCaches(false);
            Path home = cache.resolve(name + "-" + connection.getContentLengthLong());
            try (InputStream packed = connection.getInputStream()) {
                if (!Files.isDirectory(home)) {
                    unpack(packed, home);
                }
            }
            return home;
        } catch (IOException e) {
            throw new StoreUnavailable(
                    Code.DIRECTORY, "PostgreSQL can't be unpacked into " + cache + ": " + e.getMessage(), e);
        }
    }

    /** The archives' naming: {@code postgres-linux-x86_64}, {@code postgres-darwin-arm_64}. */
    static String archiveName(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : osName.toLowerCase(Locale.ROOT);
        String arch =
                switch (osArch) {
                    case "amd64" -> "x86_64";
                    case "aarch64" -> "arm_64";
                    default -> osArch;
                };
        return "postgres-" + os + "-" + arch;
    }

    private static void unpack(InputStream packed, Path home) throws IOException {
        Files.createDirectories(home.toAbsolutePath().getParent());
        Path scratch = Files.createTempDirectory(home.toAbsolutePath().getParent(), "unpack-");
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            unpackTar(packed, scratch);
            Files.move(scratch, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            Trees.delete(scratch); // another process was faster
        } catch (IOException e) {
            Trees.delete(scratch);
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }

    private static void unpackTar(InputStream packed, Path target) throws IOException {
        try (var tar =
                new TarArchiveInputStream(new BufferedInputStream(new XZInputStream(packed), UNPACK_BUFFER_BYTES))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("archive entry outside of its directory");
                }
                unpackEntry(tar, entry, path);
            }
        }
    }

    private static void unpackEntry(InputStream content, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, path);
            boolean executable = (entry.getMode() & 0b001_000_000) != 0;
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
