package allmende.app.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The end of the chain, to which lines are added: a new file each month, or when one has become large. Used by one thread
 * after it was opened.
 */
final class ChainFile implements AutoCloseable {

    /** A file that has become so large is followed by another. */
    static final long FILE_MAX_BYTES = 64L << 20;
    /** Longer than any line. */
    private static final int TAIL_MAX_BYTES = 1 << 20;

    private final LogFiles files;
    private final InstantSource clock;
    private final Disk disk;
    private final FileChannel lockFile;
    private @Nullable FileChannel channel;
    private LogFiles.@Nullable LogFile file;
    private long position;
    private FileAccessLog.Head head = new FileAccessLog.Head(0, ChainLine.NOTHING);
    private @Nullable String half;
    private boolean dirty;
    private long dirtySince;

    private ChainFile(LogFiles files, InstantSource clock, Disk disk, FileChannel lockFile) {
        this.files = files;
        this.clock = clock;
        this.disk = disk;
        this.lockFile = lockFile;
    }

    /**
     * Opens the end of the chain in a folder, which is made where it is missing.
     *
     * @throws AccessLogUnavailable if the folder can't be used or another process writes there
     */
    static ChainFile open(Path folder, InstantSource clock, Disk disk) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            FileChannel lockFile =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(lockFile)) {
                lockFile.close();
                throw new AccessLogUnavailable("Another process writes the access log in " + folder + ".");
            }
            ChainFile chain = new ChainFile(new LogFiles(folder), clock, disk, lockFile);
            chain.findEnd();
            return chain;
        } catch (IOException e) {
            throw new AccessLogUnavailable("The access log in " + folder + " can't be used: " + e.getMessage());
        }
    }

    private static boolean locked(FileChannel lockFile) throws IOException {
        try {
            FileLock lock = lockFile.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path folder() {
        return files.folder();
    }

    FileAccessLog.Head head() {
        return head;
    }

    /** SHA-256 of the half line that was found at the end; null where there was none. */
    @Nullable
    String half() {
        return half;
    }

    boolean dirty() {
        return dirty;
    }

    private void findEnd() throws IOException {
        List<LogFiles.LogFile> all = files.all();
        if (all.isEmpty()) {
            return;
        }
        file = all.getLast();
        channel = FileChannel.open(file.path(), StandardOpenOption.WRITE);
        position = channel.size();
        finishLastLine(file.path());
        for (LogFiles.LogFile each : all.reversed()) {
            Optional<ChainLine> last = lastLine(each.path());
            if (last.isPresent()) {
                head = new FileAccessLog.Head(last.get().n(), last.get().hash());
                return;
            }
        }
    }

    /** A line that lacks its end alone is whole; any other stays as it is, ended, and the next line tells of it. */
    private void finishLastLine(Path path) throws IOException {
        byte[] tail = tail(path);
        if (tail.length == 0 || tail[tail.length - 1] == '\n') {
            return;
        }
        byte[] line = Arrays.copyOfRange(tail, lastNewline(tail, tail.length) + 1, tail.length);
        if (ChainLine.read(line).filter(ChainLine::intact).isEmpty()) {
            half = Digest.of(line, line.length);
        }
        write(ByteBuffer.wrap(new byte[] {'\n'}));
    }

    private static Optional<ChainLine> lastLine(Path path) throws IOException {
        byte[] tail = tail(path);
        int end = tail.length;
        while (end > 0) {
            int before = lastNewline(tail, end);
            Optional<ChainLine> line = ChainLine.read(Arrays.copyOfRange(tail, before + 1, end));
            if (line.isPresent()) {
                return line;
            }
            end = before;
        }
        return Optional.empty();
    }

    private static int lastNewline(byte[] bytes, int end) {
        int at = end - 1;
        while (at >= 0 && bytes[at] != '\n') {
            at--;
        }
        return at;
    }

    private static byte[] tail(Path path) throws IOException {
        try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ)) {
            long from = Math.max(0, in.size() - TAIL_MAX_BYTES);
            ByteBuffer bytes = ByteBuffer.allocate((int) (in.size() - from));
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = in.read(bytes, from + bytes.position());
            }
            return Arrays.copyOf(bytes.array(), bytes.position());
        }
    }

    /**
     * Adds whole lines. Where that fails nothing of them counts, and the next try begins at the same place.
     *
     * @param next head of the chain once they are written
     */
    void append(ByteBuffer lines, FileAccessLog.Head next) throws IOException {
        YearMonth month = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC));
        if (file == null
                || channel == null
                || position >= FILE_MAX_BYTES
                || !file.month().equals(month)) {
            begin(month);
        }
        write(lines);
        head = next;
        if (!dirty) {
            dirty = true;
            dirtySince = System.nanoTime();
        }
    }

    private void begin(YearMonth month) throws IOException {
        LogFiles.LogFile fresh = files.next(file, month);
        FileChannel opened = FileChannel.open(
                fresh.path(),
                java.util.Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        FileChannel former = channel;
        channel = opened;
        file = fresh;
        position = 0;
        if (former != null) {
            former.force(true);
            former.close();
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        FileChannel out = java.util.Objects.requireNonNull(channel);
        long at = position;
        while (bytes.hasRemaining()) {
            at += disk.write(out, bytes, at);
        }
        position = at;
    }

    /** Has the disk confirm what was written, if the oldest of it is as old as this. */
    void sync(Duration age) throws IOException {
        FileChannel out = channel;
        if (dirty && out != null && System.nanoTime() - dirtySince >= age.toNanos()) {
            out.force(false);
            dirty = false;
        }
    }

    @Override
    public void close() {
        FileChannel out = channel;
        try {
            if (out != null) {
                out.force(true);
                out.close();
            }
            lockFile.close();
        } catch (IOException e) {
            throw new AccessLogUnavailable("The access log could not be closed: " + e.getMessage());
        }
    }
}
