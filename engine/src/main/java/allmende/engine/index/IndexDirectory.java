package allmende.engine.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of an index: {@code lock} belongs to the process that has it open, {@code current} names the file that
 * is in use. A new generation becomes the current one by renaming, so that a crash leaves the one or the other.
 */
final class IndexDirectory implements AutoCloseable {

    private static final String CURRENT = "current";
    private static final String PREFIX = "facts-";
    private static final String SUFFIX = ".duckdb";

    private final Path directory;
    private final FileChannel channel;
    private final FileLock lock;

    private IndexDirectory(Path directory, FileChannel channel, FileLock lock) {
        this.directory = directory;
        this.channel = channel;
        this.lock = lock;
    }

    /** Takes the directory, null where somebody else has it. */
    static @Nullable IndexDirectory take(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = lock(channel);
            if (lock == null) {
                channel.close();
                return null;
            }
            return new IndexDirectory(directory, channel, lock);
        } catch (IOException unusable) {
            throw new IndexUnavailable("The index directory " + directory + " can't be used.", unusable);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ownProcess) {
            return null;
        }
    }

    /** The file in use, if there is one. */
    Optional<Path> current() {
        Path pointer = directory.resolve(CURRENT);
        try {
            if (!Files.exists(pointer)) {
                return Optional.empty();
            }
            Path file = directory.resolve(Files.readString(pointer).strip());
            return Files.exists(file) ? Optional.of(file) : Optional.empty();
        } catch (IOException unreadable) {
            throw new IndexUnavailable("The file " + pointer + " can't be read.", unreadable);
        }
    }

    /** A name that is not taken, for the next generation. */
    Path next() {
        long highest = generations().stream()
                .map(file -> file.getFileName().toString())
                .mapToLong(name -> Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length())))
                .max()
                .orElse(0);
        return directory.resolve(PREFIX + (highest + 1) + SUFFIX);
    }

    /** From now on this file is the current one, also after a crash. */
    void use(Path file) {
        Path written = directory.resolve(CURRENT + ".next");
        try {
            try (FileChannel out = FileChannel.open(
                    written,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                out.write(java.nio.ByteBuffer.wrap(file.getFileName().toString().getBytes(StandardCharsets.UTF_8)));
                out.force(true);
            }
            Files.move(
                    written,
                    directory.resolve(CURRENT),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
                entries.force(true);
            }
        } catch (IOException failed) {
            throw new IndexUnavailable("The index directory " + directory + " can't be written.", failed);
        }
    }

    /** Deletes every generation but the current one, with what belongs to it. */
    void clean() {
        Optional<Path> current = current();
        generations().stream()
                .filter(file -> !current.equals(Optional.of(file)))
                .forEach(this::delete);
    }

    /** Deletes a generation that is not open. */
    void delete(Path file) {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".wal"));
        } catch (IOException failed) {
            throw new IndexUnavailable("The index file " + file + " can't be deleted.", failed);
        }
    }

    private List<Path> generations() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches(PREFIX + "\\d+\\" + SUFFIX))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
