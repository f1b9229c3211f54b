package allmende.app.audit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes in each of the two chains, the access log in files and the trail of administrative acts in the database, how far
 * the other is: soon after the start, every hour and at the end. A chain whose end was cut off is still whole by itself;
 * the other one tells.
 */
final class ChainNotes implements AutoCloseable {

    /** Code of the entries in the trail. */
    static final String HEAD = "access-log.head";
    /** What stands before the number in the object of such an entry. */
    static final String OBJECT = "access-log:";

    private static final Logger LOG = LoggerFactory.getLogger(ChainNotes.class);

    private final FileAccessLog log;
    private final AuditLog trail;
    private final Duration pause;
    private @Nullable Thread thread;
    private long noted;

    ChainNotes(FileAccessLog log, AuditLog trail, Duration pause) {
        this.log = log;
        this.trail = trail;
        this.pause = pause;
    }

    void start() {
        thread = Thread.ofPlatform().name("audit-notes").daemon().start(this::run);
    }

    private void run() {
        try {
            while (true) {
                note();
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Notes both heads where the access log has grown. */
    synchronized void note() {
        try {
            if (log.flush().n() <= noted) {
                return;
            }
            AuditEntry newest = trail.newest().orElse(null);
            FileAccessLog.Head head = newest == null ? log.flush() : log.noteTrail(newest.seq(), newest.hash());
            trail.record(new AuditEvent(AuditEvent.SYSTEM, HEAD, OBJECT + head.n(), head.hash()));
            noted = head.n();
        } catch (RuntimeException e) {
            LOG.warn(
                    "The chains of the audit could not be noted in each other: {}",
                    e.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
        note();
    }
}
