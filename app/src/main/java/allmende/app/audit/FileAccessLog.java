package allmende.app.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access log in files. Callers put accesses into a bounded queue; one thread turns them into lines, chains them and
 * writes all that wait in one go, and has the disk confirm what was written at least every {@value #SYNC_MILLIS} ms.
 */
public final class FileAccessLog implements AccessLog, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileAccessLog.class);
    private static final int QUEUE_MAX = 8_192;
    private static final int BATCH_MAX = 1_000;
    private static final long SYNC_MILLIS = 50;
    private static final long IDLE_MILLIS = 1_000;
    private static final long RETRY_MILLIS = 250;
    /** A caller waits so long for room in the queue; a disk that is slower than that counts as none. */
    private static final Duration ROOM_MAX = Duration.ofSeconds(10);

    private static final Duration END_MAX = Duration.ofSeconds(20);

    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final AuditEventJson events;
    private final ChainFile chain;
    private final InstantSource clock;
    private final Thread writer;
    private volatile @Nullable String trouble;
    private volatile boolean closed;

    private FileAccessLog(ChainFile chain, AuditEventJson events, InstantSource clock) {
        this.chain = chain;
        this.events = events;
        this.clock = clock;
        this.writer = Thread.ofPlatform().name("access-log").unstarted(this::run);
    }

    /** What waits to be written. */
    private sealed interface Entry {

        record Noted(Instant at, Access access) implements Entry {}

        record Remarked(Instant at, AuditEventJson.Remark remark, CompletableFuture<Head> written) implements Entry {}

        record Asked(CompletableFuture<Head> written) implements Entry {}

        record Last() implements Entry {}
    }

    /**
     * How far the chain has come.
     *
     * @param n number of the newest entry; 0 for none
     * @param hash its hash
     */
    public record Head(long n, String hash) {}

    /**
     * Opens the log in a folder and goes on with its chain; what was found half-written is told in the log itself.
     *
     * @param site what the party calls itself; may be empty
     * @throws AccessLogUnavailable if the folder can't be used or another process writes there
     */
    public static FileAccessLog open(Path folder, String site, InstantSource clock) {
        return open(folder, site, clock, Disk.REAL);
    }

    static FileAccessLog open(Path folder, String site, InstantSource clock, Disk disk) {
        AuditEventJson events = new AuditEventJson(site);
        ChainFile chain = ChainFile.open(folder, clock, disk);
        FileAccessLog log = new FileAccessLog(chain, events, clock);
        String half = chain.half();
        if (half != null) {
            LOG.warn("The access log ended in a half-written line; it goes on after it and says so");
        }
        log.queue.add(new Entry.Remarked(
                clock.instant(),
                half == null
                        ? new AuditEventJson.Remark(
                                AuditEventJson.Remark.OPENED,
                                Map.of("after", chain.head().hash()))
                        : new AuditEventJson.Remark(
                                AuditEventJson.Remark.HALF_LINE,
                                Map.of("after", chain.head().hash(), "sha256", half)),
                new CompletableFuture<>()));
        log.writer.start();
        return log;
    }

    /** Where the files are. */
    Path folder() {
        return chain.folder();
    }

    @Override
    public void record(Access access) {
        require();
        put(new Entry.Noted(clock.instant(), access));
    }

    @Override
    public void require() {
        String reason = trouble;
        if (reason != null || closed) {
            throw new AccessLogUnavailable(reason == null ? "The access log is closed" : reason);
        }
    }

    /**
     * Waits until everything that was recorded before is in the files, and tells how far the chain is.
     *
     * @throws AccessLogUnavailable if that does not come to pass
     */
    public Head flush() {
        CompletableFuture<Head> written = new CompletableFuture<>();
        put(new Entry.Asked(written));
        return await(written);
    }

    /** Notes in the log how far the trail of administrative acts is. */
    Head noteTrail(long seq, String hash) {
        CompletableFuture<Head> written = new CompletableFuture<>();
        put(new Entry.Remarked(
                clock.instant(),
                new AuditEventJson.Remark(
                        AuditEventJson.Remark.TRAIL_HEAD, Map.of(AuditEventJson.Remark.TRAIL_HEAD, seq + ":" + hash)),
                written));
        return await(written);
    }

    private static Head await(CompletableFuture<Head> written) {
        try {
            return written.get(ROOM_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AccessLogUnavailable("Interrupted");
        } catch (ExecutionException | TimeoutException e) {
            throw new AccessLogUnavailable("The access log did not write in time");
        }
    }

    private void put(Entry entry) {
        try {
            if (!queue.offer(entry, ROOM_MAX.toSeconds(), TimeUnit.SECONDS)) {
                throw new AccessLogUnavailable("The access log is too slow");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AccessLogUnavailable("Interrupted");
        }
    }

    private void run() {
        List<Entry> batch = new ArrayList<>(BATCH_MAX);
        boolean last = false;
        try {
            while (!last) {
                Entry first = queue.poll(chain.dirty() ? SYNC_MILLIS : IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, BATCH_MAX - 1);
                    last = batch.stream().anyMatch(Entry.Last.class::isInstance);
                    write(batch);
                    batch.clear();
                }
                sync();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            trouble = "The access log has failed";
            LOG.error("The access log has failed", e);
        }
    }

    private void write(List<Entry> batch) throws InterruptedException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        FileAccessLog.Head head = chain.head();
        for (Entry entry : batch) {
            byte[] event = event(head.n() + 1, entry);
            if (event != null) {
                byte[] line = ChainLine.write(head.n() + 1, head.hash(), event);
                lines.writeBytes(line);
                lines.write('\n');
                head = new Head(head.n() + 1, ChainLine.hash(line));
            }
        }
        if (lines.size() > 0 && !written(ByteBuffer.wrap(lines.toByteArray()), head)) {
            return;
        }
        for (Entry entry : batch) {
            switch (entry) {
                case Entry.Asked(CompletableFuture<Head> answer) -> answer.complete(head);
                case Entry.Remarked(Instant at, AuditEventJson.Remark remark, CompletableFuture<Head> answer) ->
                    answer.complete(head);
                case Entry.Noted noted -> {}
                case Entry.Last end -> {}
            }
        }
    }

    private byte @Nullable [] event(long n, Entry entry) {
        return switch (entry) {
            case Entry.Noted(Instant at, Access access) -> events.write(n, at, access);
            case Entry.Remarked(Instant at, AuditEventJson.Remark remark, CompletableFuture<Head> written) ->
                events.remark(n, at, remark);
            case Entry.Asked asked -> null;
            case Entry.Last end -> null;
        };
    }

    /** Tries until it is written; false when closed meanwhile. */
    private boolean written(ByteBuffer lines, Head head) throws InterruptedException {
        while (true) {
            try {
                chain.append(lines.duplicate(), head);
                if (trouble != null) {
                    LOG.info("The access log is written again");
                    trouble = null;
                }
                return true;
            } catch (IOException e) {
                if (trouble == null) {
                    LOG.error("The access log can't be written; patient data is refused until it can", e);
                }
                trouble = "The access log can't be written";
                if (closed) {
                    return false;
                }
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }

    private void sync() {
        try {
            chain.sync(Duration.ofMillis(SYNC_MILLIS));
        } catch (IOException e) {
            if (trouble == null) {
                LOG.error("The disk does not confirm the access log; patient data is refused until it does", e);
            }
            trouble = "The access log can't be written";
        }
    }

    /** Writes what waits and ends. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (queue.offer(new Entry.Last(), END_MAX.toSeconds(), TimeUnit.SECONDS)) {
                writer.join(END_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        chain.close();
    }
}
